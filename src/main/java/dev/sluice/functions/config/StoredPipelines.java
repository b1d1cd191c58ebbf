package dev.sluice.functions.config;

import dev.sluice.aws.AwsServices;
import dev.sluice.functions.event.UntrustedText;
import dev.sluice.lake.ObjectStore;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.Spelling;
import dev.sluice.runtime.text.KeySegment;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pipelines in files, each named after its pipeline, in a folder or a bucket. */
record StoredPipelines(String place, Deployment deployment) implements Pipelines {
  private static final String SUFFIX = ".yaml";
  private static final Pattern S3 = Pattern.compile("s3://([^/]+)(?:/(.*))?");
  private static final int LARGEST = 4 << 20;
  private static final int MOST_NAMES = 20;

  @Override
  public Pipeline find(String name) {
    // Encoded, so that no name leaves the folder.
    String file = KeySegment.encode(name) + SUFFIX;
    Pipeline pipeline = place.startsWith("s3:") ? inBucket(name, file) : inFolder(name, file);
    if (!pipeline.name().equals(name)) {
      throw ConnectorException.configuration(
          "%s in %s: the pipeline's name is '%s'; name it as its file, '%s'"
              .formatted(file, place, pipeline.name(), UntrustedText.excerpt(name)));
    }
    return pipeline;
  }

  private Pipeline inFolder(String name, String file) {
    Path path = Path.of(place).resolve(file);
    if (!Files.exists(path)) {
      throw unknown(name, filesInFolder());
    }
    return Pipeline.read(path, deployment.connectors(), deployment.variables());
  }

  private List<String> filesInFolder() {
    try (var files = Files.list(Path.of(place))) {
      return files.map(path -> path.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      throw ConnectorException.configuration(
          "There is no folder '%s' with pipeline files; SLUICE_PIPELINES says where they are"
              .formatted(place),
          e);
    } catch (IOException e) {
      throw ConnectorException.configuration(
          "The folder '%s' of SLUICE_PIPELINES cannot be read: %s".formatted(place, e), e);
    }
  }

  private Pipeline inBucket(String name, String file) {
    Matcher uri = S3.matcher(place);
    if (!uri.matches()) {
      throw ConnectorException.configuration(
          "SLUICE_PIPELINES is '%s'; write it like s3://bucket/prefix/".formatted(place));
    }
    String prefix = Optional.ofNullable(uri.group(2)).map(StoredPipelines::folder).orElse("");
    var objects = AwsServices.of(deployment.variables()).objects(uri.group(1), prefix);
    String origin = "s3://%s/%s%s".formatted(uri.group(1), prefix, file);
    String text =
        read(objects, file, origin).orElseThrow(() -> unknown(name, filesInBucket(objects)));
    return Pipeline.parse(text, origin, deployment.connectors());
  }

  private static String folder(String prefix) {
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  private static Optional<String> read(ObjectStore objects, String file, String origin) {
    try (InputStream in = objects.read(file)) {
      // One more than is allowed, so that the check of the size sees that there is more.
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw ConnectorException.configuration(origin + ": the file is not UTF-8 text", e);
    } catch (IOException e) {
      throw ConnectorException.transientFailure(
          "%s cannot be read: %s".formatted(origin, e.getMessage()), e);
    }
  }

  /** Returns the names for a message; none when listing is not allowed. */
  private static List<String> filesInBucket(ObjectStore objects) {
    try {
      return objects.list("");
    } catch (ConnectorException e) {
      return List.of();
    }
  }

  private ConnectorException unknown(String name, List<String> files) {
    var known =
        files.stream()
            .filter(file -> file.endsWith(SUFFIX))
            .map(file -> file.substring(0, file.length() - SUFFIX.length()))
            .sorted()
            .limit(MOST_NAMES)
            .toList();
    return ConnectorException.configuration(
        "There is no pipeline '%s' in %s; %s"
            .formatted(UntrustedText.excerpt(name), place, Spelling.of(known).hint(name)));
  }
}
