package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.SourceRecord;

/**
 * Adds what UK Core puts into a patient's identifiers and extensions, as columns beside the
 * resource.
 */
final class UkCorePatient {
  private static final String NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number";
  private static final String UK_CORE =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-";
  private static final String INTERPRETER_REQUIRED =
      "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";

  private UkCorePatient() {}

  static SourceRecord withColumns(SourceRecord patient) {
    JsonNode resource = patient.tree();
    ObjectNode columns = JsonNodeFactory.instance.objectNode();
    set(
        columns,
        "nhs_number",
        with("system", NHS_NUMBER, resource.path("identifier")).path("value"));
    set(columns, "ethnic_category", concept(extension(resource, UK_CORE + "EthnicCategory")));
    set(columns, "birth_sex", concept(extension(resource, UK_CORE + "BirthSex")));
    set(columns, "residential_status", concept(extension(resource, UK_CORE + "ResidentialStatus")));
    set(
        columns,
        "death_notification_status",
        concept(
            extension(
                extension(resource, UK_CORE + "DeathNotificationStatus"),
                "deathNotificationStatus")));
    set(
        columns,
        "interpreter_required",
        extension(resource, INTERPRETER_REQUIRED).path("valueBoolean"));
    return columns.isEmpty() ? patient : appended(patient, columns);
  }

  private static JsonNode extension(JsonNode element, String url) {
    return with("url", url, element.path("extension"));
  }

  private static JsonNode with(String field, String value, JsonNode elements) {
    for (JsonNode element : elements) {
      if (element.path(field).asText().equals(value)) {
        return element;
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode concept(JsonNode extension) {
    return extension.path("valueCodeableConcept");
  }

  private static void set(ObjectNode columns, String name, JsonNode value) {
    if (!value.isMissingNode()) {
      columns.set(name, value);
    }
  }

  /** Adds the columns after the source's own text, which is unchanged. */
  private static SourceRecord appended(SourceRecord patient, ObjectNode columns) {
    String resource = patient.json();
    String members = columns.toString().substring(1);
    return SourceRecord.of(resource.substring(0, resource.length() - 1) + "," + members);
  }
}
