package dev.sluice.functions;

import dev.sluice.aws.AwsServices;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.Spelling;
import dev.sluice.runtime.KeySegment;
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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Pipelines in files, each named after its pipeline, in a folder or below a prefix of a bucket. */
record StoredPipelines(String place, Deployment deployment) implements Pipelines {
  private static final String SUFFIX = ".yaml";
  private static final Pattern S3 = Pattern.compile("s3://([^/]+)(?:/(.*))?");
  private static final int LARGEST = 4 << 20;
  private static final int MOST_NAMES = 20;

  @Override
  public Pipeline find(String name) {
    // Whatever the name is made of, this is one segment below the place.
    String file = KeySegment.encode(name) + SUFFIX;
    Pipeline pipeline = place.startsWith("s3:") ? inBucket(name, file) : inFolder(name, file);
    if (!pipeline.name().equals(name)) {
      throw ConnectorException.configuration(
          "%s in %s: the pipeline's name is '%s'; name it as its file, '%s'"
              .formatted(file, place, pipeline.name(), Foreign.excerpt(name)));
    }
    return pipeline;
  }

  private Pipeline inFolder(String name, String file) {
    Path path = Path.of(place).resolve(file);
    if (!Files.exists(path)) {
      throw unknown(name, filesInFolder());
    }
    return Pipeline.read(path, deployment.connectors());
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
    String bucket = uri.group(1);
    String prefix = Optional.ofNullable(uri.group(2)).map(StoredPipelines::folder).orElse("");
    S3Client client = AwsServices.of(deployment.variables()).s3();
    String text =
        read(client, bucket, prefix + file)
            .orElseThrow(() -> unknown(name, filesInBucket(client, bucket, prefix)));
    return Pipeline.parse(
        text, "s3://%s/%s%s".formatted(bucket, prefix, file), deployment.connectors());
  }

  private static String folder(String prefix) {
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  private Optional<String> read(S3Client client, String bucket, String key) {
    try (InputStream in = client.getObject(request -> request.bucket(bucket).key(key))) {
      // One more than is allowed, so that the check of the size sees that there is more.
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw ConnectorException.configuration(
          "s3://%s/%s: the file is not UTF-8 text".formatted(bucket, key), e);
    } catch (S3Exception e) {
      String message =
          "s3://%s/%s cannot be read: S3 answers %d %s"
              .formatted(bucket, key, e.statusCode(), code(e));
      throw e.statusCode() >= 500
          ? ConnectorException.transientFailure(message, e)
          : ConnectorException.configuration(message, e);
    } catch (IOException | SdkException e) {
      throw ConnectorException.transientFailure(
          "s3://%s/%s cannot be read: %s".formatted(bucket, key, e.getMessage()), e);
    }
  }

  private static String code(S3Exception failure) {
    return Optional.ofNullable(failure.awsErrorDetails())
        .map(details -> String.valueOf(details.errorCode()))
        .orElse("without a reason");
  }

  /** For a message only: whoever may not list is told less. */
  private static List<String> filesInBucket(S3Client client, String bucket, String prefix) {
    try {
      return client
          .listObjectsV2(
              request -> request.bucket(bucket).prefix(prefix).delimiter("/").maxKeys(MOST_NAMES))
          .contents()
          .stream()
          .map(S3Object::key)
          .map(key -> key.substring(prefix.length()))
          .toList();
    } catch (SdkException e) {
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
            .formatted(Foreign.excerpt(name), place, Spelling.of(known).hint(name)));
  }
}
