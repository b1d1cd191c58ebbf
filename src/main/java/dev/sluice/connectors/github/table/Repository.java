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

/** A repository by its owner's login and its name. */
record Repository(String owner, String name) {

  static Repository of(Namespace namespace) {
    if (namespace.parts().size() != 2) {
      throw ConnectorException.configuration(
          "A repository lies in a namespace of an owner and a name, not in " + namespace.parts());
    }
    return new Repository(namespace.parts().getFirst(), namespace.parts().getLast());
  }

  /** The one that a record of GitHub's describes. */
  static Repository of(SourceRecord record) {
    return new Repository(record.text("owner.login").orElse(""), record.text("name").orElse(""));
  }

  /** GitHub does not tell names apart by case. */
  String key() {
    return (owner + "/" + name).toLowerCase(Locale.ROOT);
  }

  /** Asks for what lies below this repository. */
  Request get(String path) {
    return Request.get("repos/{owner}/{repo}/" + path, owner, name);
  }

  /** A list of what lies below this repository. */
  Listing list(String path, Options options) {
    return Lists.of(get(path), options).extracting(List.of(Fields.OWNER, Fields.REPOSITORY));
  }

  /** Adds to each record where it comes from. */
  RecordEmitter naming(RecordEmitter out) {
    var names = AddedFields.of(Fields.OWNER, owner).and(Fields.REPOSITORY, name);
    return out.changing(record -> record.with(names));
  }
}
