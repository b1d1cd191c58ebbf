package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorException;
import java.util.HashSet;
import java.util.Set;

/** The abilities that the server states in its CapabilityStatement. */
record Capabilities(Set<String> typesWithHistory) {
  private static final String RELEASE = "4.";

  Capabilities {
    typesWithHistory = Set.copyOf(typesWithHistory);
  }

  static Capabilities ask(ApiClient api) {
    JsonNode statement;
    try {
      statement = api.json(Request.get("metadata"));
    } catch (ConnectorException e) {
      throw e.kind() == ConnectorException.Kind.CONFIGURATION && !e.isAccessDenied()
          ? e.at(
              "The CapabilityStatement, 'metadata' below base_url, which with 'deletes: none' is not asked for")
          : e;
    }
    if (!statement.path("resourceType").asText().equals("CapabilityStatement")) {
      throw ConnectorException.protocol(
          "'metadata' is to be a CapabilityStatement, but is '%s'; with 'deletes: none' it is not asked for"
              .formatted(statement.path("resourceType").asText()));
    }
    String version = statement.path("fhirVersion").asText();
    if (!version.isEmpty() && !version.startsWith(RELEASE)) {
      throw ConnectorException.configuration(
          "The server is one of FHIR %s, and releases 4.x are read: give the base_url of its R4 API"
              .formatted(version));
    }
    Set<String> types = new HashSet<>();
    for (JsonNode rest : statement.path("rest")) {
      for (JsonNode resource : rest.path("resource")) {
        for (JsonNode interaction : resource.path("interaction")) {
          if (interaction.path("code").asText().equals("history-type")) {
            types.add(resource.path("type").asText());
          }
        }
      }
    }
    return new Capabilities(types);
  }
}
