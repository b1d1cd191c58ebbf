package dev.sluice.connectors.github.table;

/** The fields that are added to GitHub's records, and one that is emptied. */
final class Fields {
  static final String OWNER = "repository_owner";
  static final String REPOSITORY = "repository_name";
  static final String ORGANIZATION = "organization_login";
  static final String PULL_NUMBER = "pull_number";
  static final String PULL_REQUEST_UPDATED_AT = "pull_request_updated_at";

  /** A field that holds a credential. */
  static final String CLONE_TOKEN = "temp_clone_token";

  private Fields() {}
}
