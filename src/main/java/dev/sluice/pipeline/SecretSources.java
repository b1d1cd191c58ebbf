package dev.sluice.pipeline;

import dev.sluice.aws.AwsSecret;
import dev.sluice.aws.AwsServices;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The sources in which references are looked up.
 *
 * @param variables the environment of the process
 * @param folder the base of relative {@code ${file:...}} references; without it there are none
 * @param after secrets that were fetched from AWS before this time are fetched again
 */
record SecretSources(
    Map<String, String> variables, Optional<Path> folder, Instant after, InstantSource clock) {

  String find(AwsSecret secret) {
    return AwsServices.of(variables).secrets().find(secret, after, clock);
  }
}
