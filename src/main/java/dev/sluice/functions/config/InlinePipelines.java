package dev.sluice.functions.config;

import dev.sluice.functions.event.UntrustedText;
import dev.sluice.pipeline.Connectors;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.Spelling;
import dev.sluice.spi.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pipelines in {@code SLUICE_PIPELINES} itself, with {@code ---} between them. */
record InlinePipelines(String text, Connectors connectors) implements Pipelines {
  private static final Pattern BETWEEN = Pattern.compile("(?m)^---[ \\t\\r]*(#.*)?$");

  @Override
  public Pipeline find(String name) {
    var found = new ArrayList<Pipeline>();
    var others = new ArrayList<String>();
    Optional<ConnectorException> broken = Optional.empty();
    for (Document document : documents()) {
      try {
        var pipeline = Pipeline.parse(document.text(), document.origin(), connectors);
        if (pipeline.name().equals(name)) {
          found.add(pipeline);
        }
        others.add(pipeline.name());
      } catch (ConnectorException e) {
        broken = broken.or(() -> Optional.of(e));
      }
    }
    others.stream()
        .filter(other -> other.equalsIgnoreCase(name) && !other.equals(name))
        .findFirst()
        .filter(other -> !found.isEmpty())
        .ifPresent(
            other -> {
              throw ConnectorException.configuration(
                  "SLUICE_PIPELINES has pipelines '%s' and '%s', which are the same where case does not count; give one another name"
                      .formatted(UntrustedText.excerpt(name), other));
            });
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (!found.isEmpty()) {
      throw ConnectorException.configuration(
          "SLUICE_PIPELINES has %d pipelines with the name '%s'; give each its own"
              .formatted(found.size(), UntrustedText.excerpt(name)));
    }
    // The requested pipeline may be one that cannot be read.
    throw broken.orElseGet(
        () ->
            ConnectorException.configuration(
                "There is no pipeline '%s' in SLUICE_PIPELINES; %s"
                    .formatted(UntrustedText.excerpt(name), Spelling.of(others).hint(name))));
  }

  private record Document(String text, String origin) {}

  private List<Document> documents() {
    var documents = new ArrayList<Document>();
    for (String part : BETWEEN.split(text, -1)) {
      if (!part.isBlank()) {
        int number = documents.size() + 1;
        documents.add(
            new Document(
                // The line break belongs to the separator; line 1 is what follows it.
                part.replaceFirst("^\\r?\\n", ""),
                number == 1 ? "SLUICE_PIPELINES" : "SLUICE_PIPELINES, document " + number));
      }
    }
    return documents;
  }
}
