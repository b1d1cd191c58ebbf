package dev.sluice.connectors.github.table;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.spi.AddedFields;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A repository by its owner's login and its name.
 *
 * @param id GitHub's own, which outlives a name; empty where nobody has looked it up
 */
record Repository(String owner, String name, Optional<String> id) {

  Repository(String owner, String name) {
    this(owner, name, Optional.empty());
  }

  static Repository of(Namespace namespace) {
    if (namespace.parts().size() != 2) {
      throw ConnectorException.configuration(
          "A repository lies in a namespace of an owner and a name, not in " + namespace.parts());
    }
    return new Repository(namespace.parts().getFirst(), namespace.parts().getLast());
  }

  /** Returns the repository that a record from GitHub describes. */
  static Repository of(SourceRecord record) {
    return new Repository(
        record.text("owner.login").orElse(""),
        record.text("name").orElse(""),
        record.text("id").filter(id -> !id.isEmpty()));
  }

  /** Returns this repository, with the id of another that has the same name. */
  Repository identified(Repository other) {
    return id.isPresent() ? this : new Repository(owner, name, other.id);
  }

  /** Returns the key; GitHub ignores case in names. */
  String key() {
    return (owner + "/" + name).toLowerCase(Locale.ROOT);
  }

  /** Returns a request for a path below this repository. */
  Request get(String path) {
    return Request.get("repos/{owner}/{repo}/" + path, owner, name);
  }

  /** Returns a list of what is below this repository. */
  Listing list(String path, Options options) {
    return Lists.of(get(path), options).extracting(List.of(Fields.OWNER, Fields.REPOSITORY));
  }

  /** Returns an emitter that adds to each record the repository that it comes from. */
  RecordEmitter naming(RecordEmitter out) {
    var names = AddedFields.of(Fields.OWNER, owner).and(Fields.REPOSITORY, name);
    return out.changing(record -> record.with(names));
  }
}
