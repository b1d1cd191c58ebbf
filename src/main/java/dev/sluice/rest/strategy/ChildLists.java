package dev.sluice.rest.strategy;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.page.Listing;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.SourceRecord;
import java.util.List;

/**
 * The lists of what belongs to the records of another list, such as the reviews of pull requests.
 * Each is short and read at once.
 */
@ConnectorApi
public final class ChildLists {
  private final ApiClient api;
  private final Listing parents;
  private final PrimaryKey key;

  private ChildLists(ApiClient api, Listing parents, PrimaryKey key) {
    this.api = api;
    this.parents = parents;
    this.key = key;
  }

  /**
   * Reads the lists of the children.
   *
   * @param parents is asked for its first page whenever a list of children is not there
   * @param key identifies children
   */
  public static ChildLists of(ApiClient api, Listing parents, PrimaryKey key) {
    return new ChildLists(api, parents, key);
  }

  /**
   * Returns the children of one parent: none when their list is not there, for example because the
   * source hides the parent by now. The list of the parents must still be there then; otherwise
   * children that we may no longer see would count as none.
   */
  public List<SourceRecord> records(Listing children) {
    try {
      return Snapshot.of(api, children, key).records();
    } catch (ConnectorException e) {
      if (!e.isAbsent()) {
        throw e;
      }
      api.page(parents, parents.request());
      return List.of();
    }
  }
}
