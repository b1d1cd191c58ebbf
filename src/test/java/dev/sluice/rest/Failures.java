package dev.sluice.rest;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.util.List;

/** Short forms for what most tests here ask. */
final class Failures {
  static final Listing ITEMS = Listing.of(Request.get("items"));

  private Failures() {}

  /** The error of fetching the items. */
  static ConnectorException failure(ApiClient client) {
    return failure(client, ITEMS);
  }

  static ConnectorException failure(ApiClient client, Listing listing) {
    return catchThrowableOfType(
        ConnectorException.class, () -> client.page(listing, listing.request()));
  }

  static List<String> items(ApiClient client) {
    return texts(client.page(ITEMS, ITEMS.request()));
  }

  static List<String> texts(Page page) {
    return page.records().stream().map(SourceRecord::json).toList();
  }
}
