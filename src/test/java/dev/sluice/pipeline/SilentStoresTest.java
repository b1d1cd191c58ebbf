package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.JsonServices;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Stores that accept connections and never respond do not outlast the budget of a run. */
@Tag("aws")
@Isolated("its time limits are short")
class SilentStoresTest {
  private static final Duration BUDGET = Duration.ofSeconds(2);
  private static final Duration LATEST = BUDGET.plusSeconds(2);

  private final ExampleApi source = ExampleApi.start(ExampleApi.Settings.reliable());
  private JsonServices secrets;
  private ServerSocket silent;

  @BeforeEach
  void listen() throws IOException {
    secrets = JsonServices.start().secret("password", "demo");
    // The system accepts connections, and nobody reads from them.
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    source.close();
    secrets.close();
    silent.close();
  }

  private String endpoint() {
    return "http://127.0.0.1:" + silent.getLocalPort();
  }

  private Pipeline pipeline() {
    return Pipeline.parse(
        """
        name: shop
        connector: example
        connection: { base_url: "%s", username: demo, password: "${secretsmanager:password}" }
        destination: { uri: "s3://lake/raw" }
        tables: [ { table: users } ]
        """
            .formatted(source.baseUri()),
        "pipeline.yaml",
        Connectors.installed());
  }

  private void run(Map<String, String> variables) {
    // The first run of a process loads thousands of classes, and has to look up the secret.
    sync(Duration.ofMillis(1), variables);
    long begun = System.nanoTime();

    TableReport report = sync(BUDGET, variables);

    assertThat(report.error().orElseThrow().kind()).isEqualTo(TableError.Kind.TRANSIENT);
    assertThat(report.error().orElseThrow().message())
        .contains("before the time of the run was over");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(BUDGET.minusMillis(100), LATEST);
  }

  private TableReport sync(Duration budget, Map<String, String> variables) {
    return PipelineContext.begin(pipeline(), budget, variables, InstantSource.system())
        .sync(pipeline().tables(), SyncListener.NONE, new Cancellation(), "run-1")
        .tables()
        .getFirst();
  }

  private Map<String, String> variables(String s3, String dynamoDb) {
    var variables = new HashMap<>(Emulated.variables());
    variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
    variables.put("SLUICE_CHECKPOINT_TABLE", DynamoDbEmulator.TABLE);
    variables.put("AWS_ENDPOINT_URL_S3", s3);
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb);
    return variables;
  }

  @Test
  void bucketThatIsSilentEndsWithTheBudgetAndTheLeaseIsGivenBack() throws Exception {
    try (var dynamoDb = DynamoDbEmulator.start()) {
      run(variables(endpoint(), dynamoDb.endpoint().toString()));

      var items =
          dynamoDb.client().scan(request -> request.tableName(DynamoDbEmulator.TABLE)).items();
      assertThat(items).hasSize(1).allMatch(item -> !item.containsKey("lease_run"));
    }
  }

  @Test
  void checkpointTableThatIsSilentEndsWithTheBudget() {
    run(variables(endpoint(), endpoint()));
  }
}
