package dev.sluice.rest.json;

/**
 * A field of the outermost object by which a response says what it is, such as FHIR's {@code
 * resourceType: Bundle}. A list that has one may leave out the records when there are none.
 */
public record ResponseType(String field, String text) {}
