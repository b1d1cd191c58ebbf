package dev.sluice.rest.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.auth.OAuthClient;
import dev.sluice.rest.auth.TokenDiscovery;
import dev.sluice.rest.auth.TokenEndpoint;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  static Stream<String> forbidden() {
    return Stream.of(
        "169.254.169.254",
        "169.254.170.2",
        "169.254.0.1",
        "0169.0254.0169.0254",
        "0251.0376.0251.0376",
        "0xa9.0xfe.0xa9.0xfe",
        "2852039166",
        "0xa9fea9fe",
        "025177524776",
        "169.254.43518",
        "169.16689662",
        "169.254.169.254.",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.0",
        "224.0.0.1",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fd00:ec2::254]",
        "[fd00:0ec2:0:0::23]",
        "[fd20:ce::254]",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[0:0:0:0:0:ffff:a9fe:a9fe]",
        "[::169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b::6464:64c8]",
        "[64:ff9b:1::a9fe:a9fe]",
        "[64:ff9b:1:a9fe:a9:fe00::]",
        "[64:ff9b:1:a9:fe:a9fe::]",
        "[64:ff9b:1:0:a9:fea9:fe00:0]",
        "[2002:a9fe:a9fe::1]",
        "[2002:6464:64c8::]",
        "[2002:a83f:8110:1:2:3:4:5]",
        "[::]",
        "[ff02::1]");
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void addressOfTheLinkOrOfMetadataIsNoSourceInAnySpelling(String host) {
    for (String scheme : new String[] {"https", "http"}) {
      assertThatThrownBy(() -> Origin.configured(URI.create(scheme + "://" + host + "/latest")))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION));
    }
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void nothingIsAskedForThereBeItTheSourceOrItsTokens(String host) {
    URI url = URI.create("https://" + host + "/token");
    var secret = OAuthClient.basicSecret("me", "canary");
    var invocation = new ClientInvocation();

    assertThatThrownBy(() -> invocation.client(url).build()).isInstanceOf(ConnectorException.class);
    assertThatThrownBy(
            () ->
                invocation
                    .client(URI.create("https://api.example.com"))
                    .auth(Auth.clientCredentials(TokenEndpoint.of(url, secret)))
                    .build())
        .isInstanceOf(ConnectorException.class);
    assertThatThrownBy(
            () ->
                invocation
                    .client(URI.create("https://api.example.com"))
                    .auth(Auth.clientCredentials(TokenDiscovery.of(url, secret)))
                    .build())
        .isInstanceOf(ConnectorException.class);
    assertThat(invocation.sent()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.9",
        "169.253.255.255",
        "169.255.0.0",
        "8.8.8.8",
        "[::1]",
        "[2001:db8::1]",
        "[fd00:ec1::1]",
        "[fc00::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::808:808]",
        "[64:ff9b:1::808:808]",
        "[64:ff9b:1:ae0:1:200::]",
        "[2002:808:808::1]"
      })
  void everyOtherAddressIsAllowed(String host) throws UnknownHostException {
    assertThat(Addresses.isAllowed(InetAddress.getByName(host))).isTrue();
    assertThat(Origin.configured(URI.create("https://" + host)).host()).isEqualTo(host);
  }

  @Test
  void nameIsJudgedByTheAddressBehindIt() throws InterruptedException {
    Addresses.requireAllowedBehind("localhost");

    assertThatThrownBy(() -> Addresses.requireAllowedBehind("169.254.169.254"))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("169.254.169.254")
        .hasMessageContaining("correct the URL");
  }
}
