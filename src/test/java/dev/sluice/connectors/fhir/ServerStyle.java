package dev.sluice.connectors.fhir;

/** What servers differ in. */
enum ServerStyle {
  /**
   * Lists are made once and lie under an identifier in their links; their pages show resources as
   * they are now. Sorts, answers equal searches alike, has a history, which does not date deletes.
   */
  HAPI("_getpagesoffset"),
  /**
   * Pages are numbered and made anew. Does not sort, knows timestamps to the second, has no
   * history, puts outcomes and other resources among the matches.
   */
  PLAIN("_page"),
  /** As {@link #HAPI}, with a history that dates deletes and gives their URL without a version. */
  DATED("_getpagesoffset"),
  /** As {@link #DATED}, with pages of searches that are numbered and made anew. */
  NUMBERED("_page");

  private final String pageParameter;

  ServerStyle(String pageParameter) {
    this.pageParameter = pageParameter;
  }

  String pageParameter() {
    return pageParameter;
  }

  boolean sorts() {
    return this != PLAIN;
  }

  boolean isNumbered() {
    return this == PLAIN || this == NUMBERED;
  }

  boolean datesDeletes() {
    return this == DATED || this == NUMBERED;
  }

  boolean hasHistory() {
    return this != PLAIN;
  }
}
