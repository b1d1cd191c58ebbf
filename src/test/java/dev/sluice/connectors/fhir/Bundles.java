package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testkit.Reply;
import java.net.URI;
import java.util.Map;

/** What a server says, in the shapes of FHIR. */
final class Bundles {
  private Bundles() {}

  static Reply reply(int status, ObjectNode resource) {
    return new Reply(
        status, Map.of("Content-Type", "application/fhir+json;charset=utf-8"), resource.toString());
  }

  static Reply outcome(int status, String severity, String diagnostics) {
    return reply(status, outcome(severity, diagnostics));
  }

  static ObjectNode outcome(String severity, String diagnostics) {
    return outcome(severity, "processing", diagnostics);
  }

  static ObjectNode outcome(String severity, String code, String diagnostics) {
    ObjectNode outcome = Resources.MAPPER.createObjectNode();
    outcome.put("resourceType", "OperationOutcome");
    outcome
        .putArray("issue")
        .addObject()
        .put("severity", severity)
        .put("code", code)
        .put("diagnostics", diagnostics);
    return outcome;
  }

  /** Without entries: servers leave the array out when it would be empty. */
  static ObjectNode bundle(String type, URI self) {
    ObjectNode bundle = Resources.MAPPER.createObjectNode();
    bundle.put("resourceType", "Bundle").put("id", "b-" + self.hashCode()).put("type", type);
    link(bundle, "self", self.toString());
    return bundle;
  }

  static void link(ObjectNode bundle, String relation, String url) {
    bundle.withArrayProperty("link").addObject().put("relation", relation).put("url", url);
  }

  static ObjectNode entry(ObjectNode bundle) {
    ArrayNode entries = bundle.withArrayProperty("entry");
    return entries.addObject();
  }

  static void match(ObjectNode bundle, URI base, ResourceVersion version, String mode) {
    ObjectNode resource = version.content().orElseThrow();
    ObjectNode entry = entry(bundle);
    entry.put("fullUrl", base + "/" + resource.path("resourceType").asText() + "/" + version.id());
    entry.set("resource", resource);
    entry.putObject("search").put("mode", mode);
  }
}
