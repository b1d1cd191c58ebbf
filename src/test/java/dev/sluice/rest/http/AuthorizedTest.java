package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.http.Request.Parameter;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizedTest {
  private static final URI BASE = URI.create("https://api.example.com");

  /** Numbers its tokens. */
  private static final class Numbered implements Credentials {
    private final boolean isRefreshable;
    private int wanted = 1;
    private int fetched;

    Numbered(boolean isRefreshable) {
      this.isRefreshable = isRefreshable;
    }

    @Override
    public void prepare() {
      fetched = wanted;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Authorization", "Bearer " + fetched);
    }

    @Override
    public Optional<Parameter> parameter() {
      return Optional.of(new Parameter("key", "k"));
    }

    @Override
    public boolean recover(Answer refusal, int times) {
      wanted++;
      return isRefreshable && times == 0;
    }
  }

  private final ScriptedExchange source = new ScriptedExchange();

  private static Call call(AcceptedStatuses accepted) {
    return Call.of(BASE, Request.get("items").with("page", "2"), accepted);
  }

  @Test
  void credentialsAreFetchedAndAdded() throws Exception {
    var answer =
        new Authorized(new Numbered(true), source.then(200)).send(call(AcceptedStatuses.NONE));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(source.calls()).hasSize(1);
    assertThat(source.calls().getFirst().headers()).containsEntry("authorization", "Bearer 1");
    assertThat(source.calls().getFirst().target())
        .isEqualTo("https://api.example.com/items?page=2&key=k");
    assertThat(source.places()).containsExactly("GET https://api.example.com/items?page=2");
  }

  @Test
  void refusedCredentialIsRefreshedOnceAndTheSamePageIsAskedForAgain() throws Exception {
    var answer =
        new Authorized(new Numbered(true), source.then(401).then(401).then(200))
            .send(call(AcceptedStatuses.NONE));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(source.places()).hasSize(2).containsOnly("GET https://api.example.com/items?page=2");
    assertThat(source.calls())
        .extracting(call -> call.headers().get("Authorization"))
        .containsExactly("Bearer 1", "Bearer 2");
  }

  @Test
  void credentialThatCannotBeRefreshedIsNotSentAgain() throws Exception {
    var answer =
        new Authorized(new Numbered(false), source.then(401)).send(call(AcceptedStatuses.NONE));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(source.calls()).hasSize(1);
  }

  @Test
  void acceptedRefusalRefreshesNothing() throws Exception {
    var accepted = new AcceptedStatuses(Set.of(401), Set.of());

    new Authorized(new Numbered(true), source.then(401)).send(call(accepted));

    assertThat(source.calls()).hasSize(1);
  }
}
