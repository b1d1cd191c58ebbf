package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a queue hides the messages of an invocation. */
final class MessageVisibilityTest {
  private static final Duration TIME = Duration.ofMinutes(15);

  @TempDir Path folder;
  private AmazonStandIn amazon;
  private Invoked invoked;

  @BeforeEach
  void begin() throws IOException {
    amazon = AmazonStandIn.start();
    invoked =
        new Invoked()
            .with(new PipelineFolder(folder).letters("acme", "letters", "denied").variables())
            .with(amazon.variables())
            .with("SLUICE_QUEUE_URL", "http://127.0.0.1/1/nudges.fifo")
            .with("SLUICE_RESUME_QUEUE_URL", "http://127.0.0.1/1/resume");
  }

  @AfterEach
  void end() {
    amazon.close();
  }

  /** A message whose receipt is its name. */
  private static JsonNode message(String name, String queue, String table, int count) {
    var message =
        JsonNodeFactory.instance
            .objectNode()
            .put("messageId", name)
            .put("receiptHandle", name)
            .put("eventSource", "aws:sqs")
            .put("eventSourceARN", "arn:aws:sqs:eu-central-1:1:" + queue)
            .put("body", "{\"pipeline\": \"acme\", \"table\": \"%s\"}".formatted(table));
    message.putObject("attributes").put("ApproximateReceiveCount", Integer.toString(count));
    return message;
  }

  private static String event(List<JsonNode> messages) {
    var event = JsonNodeFactory.instance.objectNode();
    event.putArray("Records").addAll(messages);
    return event.toString();
  }

  private List<String> failed(JsonNode... messages) {
    return Invoked.failedItems(invoked.within(TIME, "event-sync", event(List.of(messages))));
  }

  /** What was hidden, in the order of the requests: queue, receipt, seconds. */
  private List<String> hidden() {
    var hidden = new ArrayList<String>();
    for (JsonNode request : amazon.hidings()) {
      String url = request.path("QueueUrl").asText();
      for (JsonNode entry : request.path("Entries")) {
        hidden.add(
            "%s %s %d"
                .formatted(
                    url.substring(url.lastIndexOf('/') + 1),
                    entry.path("ReceiptHandle").asText(),
                    entry.path("VisibilityTimeout").asInt()));
      }
    }
    return hidden;
  }

  @Test
  void messagesAreHiddenForTheInvocationAndAMinuteMore() {
    assertThat(
            failed(message("a", "nudges.fifo", "letters", 1), message("b", "resume", "letters", 3)))
        .isEmpty();

    assertThat(hidden()).containsExactly("nudges.fifo a 960", "resume b 960");
  }

  @ParameterizedTest
  @CsvSource({"1, 60", "2, 120", "3, 240", "4, 480", "5, 900", "100, 900"})
  void whatFailedComesBackTheLaterTheOftenerItCame(int count, int seconds) {
    assertThat(
            failed(
                message("good", "nudges.fifo", "letters", count),
                message("bad", "nudges.fifo", "denied", count)))
        .containsExactly("bad");

    assertThat(hidden()).hasSize(3).endsWith("nudges.fifo bad " + seconds);
  }

  @Test
  void largeBatchTakesARequestForEveryTen() {
    invoked.within(
        TIME,
        "event-sync",
        event(
            IntStream.range(0, 23)
                .mapToObj(i -> message("m" + i, "resume", "letters", 1))
                .toList()));

    assertThat(amazon.hidings())
        .extracting(request -> request.path("Entries").size())
        .containsExactly(10, 10, 3);
  }

  @Test
  void otherQueuesAreLeftAlone() {
    assertThat(
            failed(
                message("a", "my-nudges.fifo", "denied", 1),
                message("b", "https://evil/1/nudges", "denied", 1)))
        .containsExactly("a", "b");

    assertThat(amazon.hidings()).isEmpty();
  }

  @Test
  void refusalIsLoggedAndChangesNothingElse() {
    amazon.refuse("nudges.fifo");

    assertThat(failed(message("a", "nudges.fifo", "letters", 1))).isEmpty();

    assertThat(invoked.printed().text())
        .contains("Could not change message visibility")
        .contains("sqs:ChangeMessageVisibility on http://127.0.0.1/1/nudges.fifo: AccessDenied");
  }

  @Test
  void receiptThatIsOverIsLogged() {
    assertThat(failed(message("over", "nudges.fifo", "letters", 1))).isEmpty();

    assertThat(invoked.printed().text())
        .contains("refused for 1 of 1 messages; the first: ReceiptHandleIsInvalid");
  }
}
