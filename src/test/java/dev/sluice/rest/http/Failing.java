package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.util.List;

/** Short forms for what most tests here ask. */
public final class Failing {
  public static final Listing ITEMS = Listing.of(Request.get("items"));

  private Failing() {}

  /** The error of fetching the items. */
  public static ConnectorException failure(ApiClient client) {
    return failure(client, ITEMS);
  }

  public static ConnectorException failure(ApiClient client, Listing listing) {
    return catchThrowableOfType(
        ConnectorException.class, () -> client.page(listing, listing.request()));
  }

  public static List<String> items(ApiClient client) {
    return texts(client.page(ITEMS, ITEMS.request()));
  }

  public static List<String> texts(Page page) {
    return page.records().stream().map(SourceRecord::json).toList();
  }
}
