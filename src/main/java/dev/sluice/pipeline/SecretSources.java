package dev.sluice.pipeline;

import dev.sluice.aws.AwsSecret;
import dev.sluice.aws.AwsServices;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Where references are looked up.
 *
 * @param variables the environment of the process
 * @param folder what relative {@code ${file:...}} references are relative to; there are none
 *     without it
 * @param after what AWS was asked for until then is asked for again
 */
record SecretSources(
    Map<String, String> variables, Optional<Path> folder, Instant after, InstantSource clock) {

  String find(AwsSecret secret) {
    return AwsServices.of(variables).secrets().find(secret, after, clock);
  }
}
