package dev.sluice.connectors.fhir;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The resource types that are tables. */
final class ResourceTypes {
  private static final List<String> WITH_COLUMNS =
      List.of(
          "Patient",
          "Observation",
          "Condition",
          "Encounter",
          "Procedure",
          "MedicationRequest",
          "DiagnosticReport",
          "AllergyIntolerance",
          "Immunization",
          "Coverage",
          "CarePlan",
          "Goal",
          "Device",
          "DocumentReference");

  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z]{1,63}");

  /** Describes how every type is ingested where the server has a history of it. */
  static final TableMetadata METADATA =
      TableMetadata.cdcWithDeletes(PrimaryKey.of("id"), FhirConnector.LAST_UPDATED);

  private final List<String> names;

  private ResourceTypes(List<String> names) {
    this.names = names;
  }

  /** Returns the types that need no option, and a spec for any other type. */
  static List<TableSpec> specs() {
    return Stream.concat(
            WITH_COLUMNS.stream().map(name -> TableSpec.of(name, METADATA)),
            Stream.of(TableSpec.others("ResourceType", NAME, METADATA)))
        .toList();
  }

  static ResourceTypes of(Options options) {
    Optional<String> chosen = options.find(FhirProvider.RESOURCE_TYPES);
    return chosen.map(ResourceTypes::parse).orElseGet(() -> new ResourceTypes(WITH_COLUMNS));
  }

  private static ResourceTypes parse(String list) {
    List<String> names = Arrays.stream(list.split(",", -1)).map(String::strip).distinct().toList();
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw ConnectorException.configuration(
            "Option 'resource_types' names '%s', which is no resource type; it takes names such as Patient,Medication"
                .formatted(name));
      }
    }
    return new ResourceTypes(names);
  }

  List<String> names() {
    return names;
  }

  /** Returns the table's resource type, which must be in the list. */
  String of(Table table) {
    if (!names.contains(table.name())) {
      throw ConnectorException.unknownTable(table.name(), names);
    }
    return table.name();
  }
}
