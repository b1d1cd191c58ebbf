package dev.sluice.rest.url;

import dev.sluice.spi.ConnectorException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/**
 * A check that refuses addresses where no source can be: link-local ones, and those of the services
 * that give a machine's own credentials to every process on it.
 */
public final class Addresses {
  /** A host that some readers treat as an address, and others as a name. */
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

  private static final Pattern ADDRESS =
      Pattern.compile("\\[.*]|(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /** The metadata services of clouds that are not link-local: Alibaba, Azure, Oracle. */
  private static final List<String> METADATA =
      List.of("100.100.100.200", "168.63.129.16", "192.0.0.192");

  /** The prefixes of AWS, fd00:ec2::/32, and of Google, fd20:ce::/32, in hexadecimal digits. */
  private static final List<String> METADATA_PREFIXES = List.of("fd000ec2", "fd2000ce");

  /** The addresses below a prefix in hexadecimal digits, and which bytes are an IPv4 address. */
  private record Embedding(String prefix, List<Integer> bytes) {}

  /** The last, 64:ff9b:1::/48, is divided by each network as it likes (RFC 6052, section 2.2). */
  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding("000000000000000000000000", List.of(12, 13, 14, 15)),
          new Embedding("0064ff9b0000000000000000", List.of(12, 13, 14, 15)),
          new Embedding("2002", List.of(2, 3, 4, 5)),
          new Embedding("0064ff9b0001", List.of(12, 13, 14, 15)),
          new Embedding("0064ff9b0001", List.of(9, 10, 11, 12)),
          new Embedding("0064ff9b0001", List.of(7, 9, 10, 11)),
          new Embedding("0064ff9b0001", List.of(6, 7, 9, 10)));

  private Addresses() {}

  /** Refuses a host that is such an address, or one that readers understand in different ways. */
  static void requireAllowed(String host) {
    if (ADDRESS.matcher(host).matches()) {
      try {
        requireAllowed(host, InetAddress.getByName(host)); // without a lookup
      } catch (UnknownHostException e) {
        throw ConnectorException.configuration("'%s' is no address; correct it".formatted(host), e);
      }
    } else if (NUMBER.matcher(host).matches()) {
      throw ConnectorException.configuration(
          "'%s' is no name; write an address as four numbers such as 10.1.2.3".formatted(host));
    }
  }

  /**
   * Looks the host up, and refuses it when any of its addresses is such a one, or when nobody knows
   * it. Does not report a look-up that may succeed later: the connection will.
   *
   * @throws InterruptedException when the thread is interrupted meanwhile, as a time limit does
   */
  public static void requireAllowedBehind(String host) throws InterruptedException {
    var lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    Thread.ofVirtual().name("sluice-lookup").start(lookup); // it ignores interrupts
    try {
      for (InetAddress address : lookup.get()) {
        requireAllowed(host, address);
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownHostException unknown)) {
        throw new IllegalStateException("A lookup finds addresses or none", e);
      }
      if (!String.valueOf(unknown.getMessage()).contains("Temporary failure")) {
        throw ConnectorException.configuration(
            "nobody knows the host '%s'; correct the URL, or this machine's name resolution"
                .formatted(host));
      }
    }
  }

  private static void requireAllowed(String host, InetAddress address) {
    if (!isAllowed(address)) {
      throw ConnectorException.configuration(
          "'%s' is at %s, an address of this machine's own network or of its cloud's metadata, where no source is; correct the URL"
              .formatted(host, address.getHostAddress()));
    }
  }

  static boolean isAllowed(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress() || isOfMachine(address)) {
      return false;
    }
    return !(address instanceof Inet6Address)
        || address.isLoopbackAddress()
        || EMBEDDINGS.stream()
            .filter(embedding -> digits(address).startsWith(embedding.prefix))
            .noneMatch(embedding -> isOfMachine(embedded(address, embedding.bytes)));
  }

  /** Decides whether an address is of the link, or of a cloud's metadata. */
  private static boolean isOfMachine(InetAddress address) {
    return address.isLinkLocalAddress()
        || METADATA.contains(address.getHostAddress())
        || (address instanceof Inet6Address
            && METADATA_PREFIXES.stream().anyMatch(digits(address)::startsWith));
  }

  private static String digits(InetAddress address) {
    return HexFormat.of().formatHex(address.getAddress());
  }

  private static InetAddress embedded(InetAddress address, List<Integer> bytes) {
    var embedded = new byte[bytes.size()];
    for (int i = 0; i < embedded.length; i++) {
      embedded[i] = address.getAddress()[bytes.get(i)];
    }
    try {
      return InetAddress.getByAddress(embedded);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
