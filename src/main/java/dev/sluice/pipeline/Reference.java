package dev.sluice.pipeline;

import dev.sluice.aws.AwsSecret;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place that a value of the pipeline file comes from, such as {@code ${env:GITHUB_TOKEN}}. */
record Reference(Source source, String target, SourceLine place) {
  private static final Pattern SHAPE = Pattern.compile("\\$\\{([a-z]+):([^{}]+)}");
  private static final Pattern INSIDE = Pattern.compile("\\$\\{[^}]*}?");
  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+\\z");
  private static final String PEM = "-----BEGIN ";
  private static final int LARGEST_FILE = 64 << 10;

  /** The kinds of place that a reference can name. */
  enum Source {
    ENV,
    FILE,
    SECRETSMANAGER,
    SSM
  }

  /** Returns whether a value is meant as a reference, well-formed or not. */
  static boolean isMeant(String value) {
    return value.contains("${");
  }

  static Reference parse(String value, SourceLine place) {
    var matcher = SHAPE.matcher(value.strip());
    if (!matcher.matches() || matcher.group(2).isBlank()) {
      throw place.error(
          "a reference is the whole value, one of ${env:NAME}, ${file:PATH},"
              + " ${secretsmanager:ID}, ${ssm:NAME}");
    }
    var source =
        switch (matcher.group(1)) {
          case "env" -> Source.ENV;
          case "file" -> Source.FILE;
          case "secretsmanager" -> Source.SECRETSMANAGER;
          case "ssm" -> Source.SSM;
          default ->
              throw place.error(
                  "unknown reference '%s:'; known are env, file, secretsmanager, ssm"
                      .formatted(matcher.group(1)));
        };
    String target = matcher.group(2).strip();
    if (source == Source.SECRETSMANAGER && (target.startsWith("#") || target.endsWith("#"))) {
      throw place.error("a secret is named like ${secretsmanager:ID} or ${secretsmanager:ID#key}");
    }
    return new Reference(source, target, place);
  }

  /**
   * Returns a text with the variables in it, such as {@code file:${env:HOME}/lake}. It is no
   * secret.
   */
  static String fill(String text, SourceLine place, Map<String, String> variables) {
    return INSIDE
        .matcher(text)
        .replaceAll(
            found -> {
              var reference = parse(found.group(), place);
              if (reference.source != Source.ENV) {
                throw place.error(reference + " is for 'connection' only; here is ${env:NAME}");
              }
              return Matcher.quoteReplacement(reference.printable(reference.variable(variables)));
            });
  }

  /** Refuses what is this machine's own, for a pipeline that comes from elsewhere. */
  void refuseLocal() {
    if (source == Source.ENV || source == Source.FILE) {
      throw place.error(
          "%s is for a pipeline file of a command line; a deployed pipeline takes ${secretsmanager:ID} or ${ssm:NAME}"
              .formatted(this));
    }
  }

  /** Returns the current value; it must never be part of a message. */
  String resolve(SecretSources sources) {
    return printable(value(sources));
  }

  /**
   * Returns a value that a header can hold: with line ends inside only where they are those of a
   * key in PEM.
   */
  private String printable(String value) {
    var control = value.chars().filter(Character::isISOControl);
    var other = value.startsWith(PEM) ? control.filter(c -> "\r\n\t".indexOf(c) < 0) : control;
    other
        .findFirst()
        .ifPresent(
            c -> {
              throw place.error(
                  "the value of %s has the control character U+%04X inside; write it without"
                      .formatted(this, c));
            });
    return value;
  }

  private String value(SecretSources sources) {
    return switch (source) {
      case ENV -> variable(sources.variables());
      case FILE -> file(sources.folder().orElseThrow().resolve(target));
      case SECRETSMANAGER, SSM -> {
        try {
          yield sources.find(secret());
        } catch (ConnectorException e) {
          throw e.at(place + ": " + this);
        }
      }
    };
  }

  /** Returns the secret that the target names; neither names nor ARNs contain {@code #}. */
  private AwsSecret secret() {
    if (source == Source.SSM) {
      return AwsSecret.ofParameterStore(target);
    }
    int hash = target.indexOf('#');
    return hash < 0
        ? AwsSecret.ofSecretsManager(target, Optional.empty())
        : AwsSecret.ofSecretsManager(
            target.substring(0, hash), Optional.of(target.substring(hash + 1)));
  }

  private String variable(Map<String, String> variables) {
    String value = variables.get(target);
    if (value == null) {
      throw place.error("the environment variable %s is not set".formatted(target));
    }
    if (value.isBlank()) {
      throw place.error("the environment variable %s is empty".formatted(target));
    }
    return LINE_END.matcher(value).replaceAll("");
  }

  private String file(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(LARGEST_FILE + 1);
      if (content.length > LARGEST_FILE) {
        throw place.error("the file %s is larger than 64 KB".formatted(path));
      }
      String value = new String(content, StandardCharsets.UTF_8).strip();
      if (value.isEmpty()) {
        throw place.error("the file %s is empty".formatted(path));
      }
      return value;
    } catch (NoSuchFileException e) {
      throw place.error("the file %s does not exist".formatted(path), e);
    } catch (IOException e) {
      throw place.error("the file %s cannot be read".formatted(path), e);
    }
  }

  /** Returns the place and the name of what it refers to, for messages. */
  String origin() {
    return place + ", " + (source == Source.ENV ? target : toString());
  }

  @Override
  public String toString() {
    return "${" + source.name().toLowerCase(Locale.ROOT) + ":" + target + "}";
  }
}
