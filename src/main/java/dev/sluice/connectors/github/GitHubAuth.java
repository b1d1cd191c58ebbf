package dev.sluice.connectors.github;

import dev.sluice.connectors.github.table.GitHub.Caller;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.auth.SigningKey;
import dev.sluice.rest.auth.SigningKey.Algorithm;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Options;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Authenticates us with a user's token, or with the tokens of a GitHub App's installation. */
final class GitHubAuth {
  private GitHubAuth() {}

  static Auth of(Options options) {
    Optional<String> token = options.find(GitHubProvider.TOKEN);
    if (token.isPresent() && isApp(options)) {
      throw ConnectorException.configuration(
          "Give 'token' or the options of a GitHub App, not both");
    }
    if (token.isPresent()) {
      return Auth.bearer(token.get());
    }
    if (!isApp(options)) {
      throw ConnectorException.configuration(
          "Missing option 'token': %s. A GitHub App takes 'app_id', 'app_installation_id' and 'app_private_key' in its place"
              .formatted(GitHubProvider.TOKEN.description()));
    }
    String installation = Long.toString(options.get(GitHubProvider.APP_INSTALLATION_ID));
    return Auth.installationToken(
        URI.create(
            "%s/app/installations/%s/access_tokens"
                .formatted(options.get(GitHubProvider.BASE_URL), installation)),
        options.get(GitHubProvider.APP_ID),
        SigningKey.pem(Algorithm.RS256, options.get(GitHubProvider.APP_PRIVATE_KEY)));
  }

  /** Returns for whom requests are made, as the beginning of a token tells it. */
  static Caller caller(Options options) {
    String token = options.find(GitHubProvider.TOKEN).orElse("");
    if (isApp(options) || token.startsWith("ghs_")) {
      return Caller.APP;
    }
    return token.startsWith("github_pat_") ? Caller.FINE_GRAINED : Caller.USER;
  }

  private static boolean isApp(Options options) {
    return List.of(
            GitHubProvider.APP_ID,
            GitHubProvider.APP_INSTALLATION_ID,
            GitHubProvider.APP_PRIVATE_KEY)
        .stream()
        .anyMatch(option -> options.find(option).isPresent());
  }
}
