package dev.sluice.connectors.github;

import dev.sluice.rest.IncompleteAnswers;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The organizations that a response leaves out, because the token may not pass their sign-on. */
final class HiddenOrganizations implements IncompleteAnswers {
  private static final Pattern PARTIAL =
      Pattern.compile("\\s*partial-results\\s*(?:;\\s*organizations=([\\d,\\s]*))?.*");

  @Override
  public Optional<ConnectorException> missing(Function<String, Optional<String>> header) {
    return header
        .apply("X-GitHub-SSO")
        .map(PARTIAL::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> Optional.ofNullable(matcher.group(1)).orElse("unknown").strip())
        .map(
            ids ->
                ConnectorException.accessDenied(
                    "GitHub leaves out what belongs to the organizations with the ids %s, whose single sign-on the token is not authorized for: authorize it in GitHub's settings of the token (Configure SSO)"
                        .formatted(ids)));
  }
}
