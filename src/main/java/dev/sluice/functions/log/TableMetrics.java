package dev.sluice.functions.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.runtime.text.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The metrics of a table, in CloudWatch's embedded metric format. The run is a property and not a
 * dimension, because every combination of dimensions costs money.
 */
final class TableMetrics {
  private final String namespace;
  private final List<List<String>> dimensionSets;

  private TableMetrics(String namespace, List<List<String>> dimensionSets) {
    this.namespace = namespace;
    this.dimensionSets = dimensionSets;
  }

  /** Returns metrics with the namespace and the dimensions that the environment asks for. */
  static TableMetrics of(Map<String, String> variables) {
    List<String> pipeline = List.of("pipeline");
    // Alarms are on the pipeline, so its own sums stay beside those of its tables.
    boolean byTable =
        variables
            .getOrDefault("SLUICE_METRIC_DIMENSIONS", "")
            .replace(" ", "")
            .equals("pipeline,table");
    return new TableMetrics(
        variables.getOrDefault("POWERTOOLS_METRICS_NAMESPACE", "Sluice"),
        byTable ? List.of(pipeline, List.of("pipeline", "table")) : List.of(pipeline));
  }

  /** Returns the metrics of a table that had its turn. */
  ObjectNode of(String pipeline, String runId, TableReport report, Instant now) {
    var metrics = new Metrics(pipeline, report.as(), now);
    metrics.count("Records", report.records());
    metrics.count("Deletes", report.deletes());
    metrics.add("Bytes", "Bytes", report.bytes());
    metrics.count("Batches", report.batches());
    metrics.count("Requests", report.requests());
    metrics.count("Retries", report.retries());
    report.lag().ifPresent(lag -> metrics.add("LagSeconds", "Seconds", lag.toSeconds()));
    metrics.flag("CaughtUp", report.outcome() == Outcome.CAUGHT_UP);
    metrics.flag("OutOfTime", report.outcome() == Outcome.OUT_OF_TIME);
    metrics.flag("RateLimited", report.outcome() == Outcome.RATE_LIMITED);
    metrics.flag("Busy", report.outcome() == Outcome.BUSY);
    metrics.flag("Failed", report.outcome() == Outcome.FAILED);
    metrics.add("DurationMilliseconds", "Milliseconds", report.duration().toMillis());
    return metrics.document().put("run_id", runId).put("outcome", report.outcome().name());
  }

  /** Returns the metrics of a table whose run could not begin. */
  ObjectNode failed(String pipeline, String table, Instant now) {
    var metrics = new Metrics(pipeline, table, now);
    metrics.count("Failed", 1);
    return metrics.document().put("outcome", Outcome.FAILED.name());
  }

  ObjectNode resumeLimitReached(String pipeline, String table, Instant now) {
    var metrics = new Metrics(pipeline, table, now);
    metrics.count("ResumeLimitReached", 1);
    return metrics.document();
  }

  /** A document of the embedded metric format, while it is being filled. */
  private final class Metrics {
    private final ObjectNode document = JsonText.object();
    private final ArrayNode definitions;

    private Metrics(String pipeline, String table, Instant now) {
      var metadata = document.putObject("_aws").put("Timestamp", now.toEpochMilli());
      var directive =
          metadata.putArray("CloudWatchMetrics").addObject().put("Namespace", namespace);
      var sets = directive.putArray("Dimensions");
      dimensionSets.forEach(
          names -> {
            var set = sets.addArray();
            names.forEach(set::add);
          });
      definitions = directive.putArray("Metrics");
      document.put("pipeline", DimensionValue.of(pipeline));
      document.put("table", DimensionValue.of(table));
    }

    private void count(String name, long value) {
      add(name, "Count", value);
    }

    private void flag(String name, boolean holds) {
      count(name, holds ? 1 : 0);
    }

    private void add(String name, String unit, long value) {
      definitions.addObject().put("Name", name).put("Unit", unit);
      document.put(name, value);
    }

    private ObjectNode document() {
      return document;
    }
  }
}
