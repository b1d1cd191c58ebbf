package dev.sluice.connectors.example.api;

import static dev.sluice.connectors.example.api.FieldDescriptor.key;
import static dev.sluice.connectors.example.api.FieldDescriptor.nullable;
import static dev.sluice.connectors.example.api.FieldDescriptor.struct;

import dev.sluice.connectors.example.api.TableDefinition.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tables of the API, in the order in which it lists them. */
final class Tables {
  private static final TableDefinition PRODUCTS =
      new TableDefinition(
          "products",
          List.of(
              key("product_id"),
              nullable("name", "string"),
              nullable("price", "double"),
              nullable("category", "string")),
          Optional.empty(),
          Set.of("category", "page"),
          20,
          Set.of());

  private static final TableDefinition EVENTS =
      new TableDefinition(
          "events",
          List.of(
              key("event_id"),
              nullable("event_type", "string"),
              nullable("user_id", "string"),
              nullable("payload", "string"),
              nullable("created_at", "timestamp")),
          Optional.of("created_at"),
          Set.of("since", "limit", "page"),
          50,
          Set.of(Trait.KEY_UNTOLD));

  private static final TableDefinition USERS =
      new TableDefinition(
          "users",
          List.of(
              key("user_id"),
              nullable("email", "string"),
              nullable("display_name", "string"),
              nullable("status", "string"),
              nullable("updated_at", "timestamp")),
          Optional.of("updated_at"),
          Set.of("since", "page"),
          15,
          Set.of());

  private static final TableDefinition ORDERS =
      new TableDefinition(
          "orders",
          List.of(
              key("order_id"),
              nullable("user_id", "string"),
              nullable("amount", "double"),
              nullable("status", "string"),
              nullable("updated_at", "timestamp")),
          Optional.of("updated_at"),
          Set.of("since", "user_id", "status", "page"),
          40,
          Set.of(Trait.DELETABLE));

  private static final TableDefinition METRICS =
      new TableDefinition(
          "metrics",
          List.of(
              key("metric_id"),
              nullable("name", "string"),
              struct(
                  "value",
                  nullable("count", "integer"),
                  nullable("label", "string"),
                  nullable("measure", "double")),
              nullable("host", "string"),
              nullable("updated_at", "timestamp")),
          Optional.of("updated_at"),
          Set.of("since", "until", "page"),
          100,
          Set.of(Trait.HIDDEN));

  static final List<TableDefinition> ALL = List.of(PRODUCTS, EVENTS, USERS, ORDERS, METRICS);

  private Tables() {}
}
