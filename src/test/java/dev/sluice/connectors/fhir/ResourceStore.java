package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All versions of the resources of one type. Safe for use from any thread. */
final class ResourceStore {
  private final String type;
  private final List<ResourceVersion> versions = new ArrayList<>();
  private int mostPerPage = Integer.MAX_VALUE;

  ResourceStore(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  synchronized void clear() {
    versions.clear();
  }

  synchronized void mostPerPage(int most) {
    mostPerPage = most;
  }

  synchronized int mostPerPage() {
    return mostPerPage;
  }

  synchronized void put(String id, Instant at, ObjectNode content) {
    int number = number(id);
    ObjectNode resource = content.deepCopy().put("id", id);
    resource
        .withObjectProperty("meta")
        .put("versionId", Integer.toString(number))
        .put("lastUpdated", at.toString());
    versions.add(new ResourceVersion(id, number, at, Optional.of(resource)));
  }

  synchronized void delete(String id, Instant at) {
    versions.add(new ResourceVersion(id, number(id), at, Optional.empty()));
  }

  private int number(String id) {
    return 1 + (int) versions.stream().filter(version -> version.id().equals(id)).count();
  }

  /** What is there now, by identifier. */
  synchronized Map<String, ResourceVersion> current() {
    Map<String, ResourceVersion> current = new LinkedHashMap<>();
    versions.forEach(version -> current.put(version.id(), version));
    current.values().removeIf(ResourceVersion::isDeletion);
    return current;
  }

  /** The newest first. */
  synchronized List<ResourceVersion> history() {
    return versions.reversed().stream()
        .sorted(Comparator.comparing(ResourceVersion::at).reversed())
        .toList();
  }
}
