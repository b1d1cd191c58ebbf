package dev.sluice.connectors.hubspot;

/** HubSpot's paths. All are of one version of its API, which is supported for 18 months. */
final class Paths {
  private static final String VERSION = "2026-03";

  static final String OBJECTS = "crm/objects/" + VERSION + "/{objectType}";
  static final String SEARCH = OBJECTS + "/search";
  static final String OBJECTS_BY_ID = OBJECTS + "/batch/read";
  static final String PROPERTIES = "crm/properties/" + VERSION + "/{objectType}";
  static final String SCHEMAS = "crm-object-schemas/" + VERSION + "/schemas";
  static final String ASSOCIATIONS =
      "crm/associations/" + VERSION + "/{fromObjectType}/{toObjectType}/batch/read";
  static final String TOKEN = "/oauth/" + VERSION + "/token";

  private Paths() {}
}
