package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sluice.aws.AwsClients;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queues and schedules of an emulator that others wrote, where it is installed. */
final class MotoTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void messagesAndSchedulesArriveAsTheyAreMeant() throws Exception {
    String server = onPath("moto_server").orElseGet(MotoTest::skip);
    int port = freePort();
    var process =
        new ProcessBuilder(server, "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("moto.log").toFile())
            .start();
    try {
      waitFor(port, process);
      messagesAndSchedulesArrive("http://127.0.0.1:" + port);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static String skip() {
    String reason = "moto_server is not on the PATH: its SQS and Scheduler are not tried";
    System.err.println(reason);
    return abort(reason);
  }

  private void messagesAndSchedulesArrive(String url) {
    Map<String, String> account =
        Map.of(
            "AWS_ENDPOINT_URL", url,
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test");
    var clients = new AwsClients(account);
    var pipelines =
        new PipelineFolder(folder).letters("acme", "letters", "{table: letters, as: b}");
    try (var sqs = clients.sqs();
        var scheduler = clients.scheduler()) {
      String nudges =
          sqs.createQueue(
                  request ->
                      request
                          .queueName("nudges.fifo")
                          .attributes(
                              Map.of(
                                  QueueAttributeName.FIFO_QUEUE, "true",
                                  QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
              .queueUrl();
      String resume = sqs.createQueue(request -> request.queueName("resume")).queueUrl();
      scheduler.createScheduleGroup(request -> request.name("resumptions"));
      var invoked = new Invoked().with(pipelines.variables()).with(account).at(Instant.now());

      invoked.with("SLUICE_FAN_OUT", "queue").with("SLUICE_QUEUE_URL", nudges);
      invoked.scheduledSync("{\"pipeline\": \"acme\"}");
      invoked.scheduledSync("{\"pipeline\": \"acme\"}");

      // A FIFO queue hands out one message of a group after the other: those of the second run
      // wait.
      var received =
          sqs.receiveMessage(request -> request.queueUrl(nudges).maxNumberOfMessages(10));
      assertThat(received.messages()).isNotEmpty();
      assertThat(
              sqs.getQueueAttributes(
                      request -> request.queueUrl(nudges).attributeNames(QueueAttributeName.ALL))
                  .attributes())
          .satisfies(
              counts ->
                  assertThat(
                          number(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                              + number(
                                  counts,
                                  QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                      .as("nothing was dropped as seen before")
                      .isEqualTo(4));
      String nudge = received.messages().getFirst().body();

      invoked.with("SLUICE_RESUME", "delayed").with("SLUICE_RESUME_QUEUE_URL", resume);
      invoked.outOfTime("event-sync", Invoked.message(nudge));

      var resumed = sqs.receiveMessage(request -> request.queueUrl(resume)).messages();
      assertThat(resumed).hasSize(1);
      assertThat(resumed.getFirst().body()).contains("\"resume\":1");

      invoked
          .with("SLUICE_RESUME", "scheduled")
          .with("SLUICE_SCHEDULE_GROUP", "resumptions")
          .with("SLUICE_SCHEDULE_TARGET_ARN", "arn:aws:lambda:us-east-1:1:function:f:live")
          .with("SLUICE_SCHEDULE_ROLE_ARN", "arn:aws:iam::123456789012:role/r");
      invoked.outOfTime("event-sync", Invoked.message(nudge));
      var again = invoked.outOfTime("event-sync", Invoked.message(nudge));

      assertThat(Invoked.failedItems(again)).as("a schedule that is there is enough").isEmpty();
      assertThat(scheduler.listSchedules(request -> request.groupName("resumptions")).schedules())
          .hasSize(1);
    }
  }

  private static int number(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
    return Integer.parseInt(counts.getOrDefault(name, "0"));
  }

  private static Optional<String> onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void waitFor(int port, Process process) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        assertThat(process.isAlive()).as("moto_server runs").isTrue();
        assertThat(Instant.now()).as("moto_server answers").isBefore(end);
        Thread.sleep(100);
      }
    }
  }
}
