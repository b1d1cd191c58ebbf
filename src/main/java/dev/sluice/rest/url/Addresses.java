package dev.sluice.rest.url;

import dev.sluice.spi.ConnectorException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
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

  /** The prefixes of AWS, fd00:ec2::/32, and of Google, fd20:ce::/32. */
  private static final byte[][] METADATA_PREFIXES = {
    {(byte) 0xFD, 0, 0x0E, (byte) 0xC2}, {(byte) 0xFD, 0x20, 0, (byte) 0xCE}
  };

  /** The prefixes whose last four bytes hold an IPv4 address: ::/96 and 64:ff9b::/96. */
  private static final byte[][] EMBEDDING = {
    new byte[12], {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}
  };

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
   * Looks the host up, and refuses it when any of its addresses is such a one. Does not report a
   * host that is not found: the connection will.
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
      if (!(e.getCause() instanceof UnknownHostException)) {
        throw new IllegalStateException("A lookup finds addresses or none", e);
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
    if (address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address && !address.isLoopbackAddress()) {
      return !startsWithAny(bytes, METADATA_PREFIXES)
          && (!startsWithAny(bytes, EMBEDDING) || isAllowed(embedded(bytes)));
    }
    return !METADATA.contains(address.getHostAddress());
  }

  private static boolean startsWithAny(byte[] address, byte[][] prefixes) {
    for (byte[] prefix : prefixes) {
      if (Arrays.equals(address, 0, prefix.length, prefix, 0, prefix.length)) {
        return true;
      }
    }
    return false;
  }

  private static InetAddress embedded(byte[] address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address, 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
