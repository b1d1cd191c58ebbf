package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResumptionTest {
  private static final String LETTERS = "{\"pipeline\":\"acme\",\"table\":\"letters\"}";
  private static final String LIMITED = "{\"pipeline\":\"acme\",\"table\":\"limited\"}";

  @TempDir Path folder;
  private PipelineFolder pipelines;
  private AmazonStandIn amazon;
  private Invoked invoked;

  @BeforeEach
  void begin() throws IOException {
    pipelines = new PipelineFolder(folder).letters("acme", "letters", "limited");
    amazon = AmazonStandIn.start();
    invoked = new Invoked().with(pipelines.variables()).with(amazon.variables());
  }

  @AfterEach
  void end() {
    amazon.close();
  }

  private Invoked delayed() {
    return invoked
        .with("SLUICE_RESUME", "delayed")
        .with("SLUICE_RESUME_QUEUE_URL", "http://127.0.0.1/1/resume");
  }

  private Invoked scheduled() {
    return invoked
        .with("SLUICE_RESUME", "scheduled")
        .with("SLUICE_SCHEDULE_GROUP", "resumptions")
        .with("SLUICE_SCHEDULE_TARGET_ARN", "arn:aws:lambda:x:1:function:sync:live")
        .with("SLUICE_SCHEDULE_ROLE_ARN", "arn:aws:iam::1:role/schedules")
        .with("SLUICE_SCHEDULE_DEAD_LETTER_ARN", "arn:aws:sqs:x:1:dead");
  }

  private static String body(JsonNode message) {
    return message.path("MessageBody").asText();
  }

  @Test
  void outOfTimeIsResumedAtOnceByAMessage() {
    var result = delayed().outOfTime("event-sync", Invoked.message(LETTERS));

    assertThat(Invoked.failedItems(result)).isEmpty();
    assertThat(amazon.messages()).hasSize(1);
    assertThat(amazon.messages().getFirst().path("QueueUrl").asText()).endsWith("/1/resume");
    assertThat(amazon.messages().getFirst().path("DelaySeconds").asInt()).isZero();
    assertThat(body(amazon.messages().getFirst()))
        .isEqualTo("{\"pipeline\":\"acme\",\"table\":\"letters\",\"resume\":1}");
  }

  @Test
  void resumedMessageKeepsItsOptionsAndCounts() {
    delayed()
        .outOfTime(
            "event-sync",
            Invoked.message(
                "{\"pipeline\":\"acme\",\"table\":\"letters\",\"options\":{\"max_records_per_batch\":7},\"resume\":4}"));

    assertThat(body(amazon.messages().getFirst()))
        .isEqualTo(
            "{\"pipeline\":\"acme\",\"table\":\"letters\",\"options\":{\"max_records_per_batch\":7},\"resume\":5}");
  }

  @Test
  void longWaitIsMadeOfManyMessagesAndOneSync() {
    delayed().eventSync(Invoked.message(LIMITED));

    var first = amazon.messages().getFirst();
    assertThat(first.path("DelaySeconds").asInt()).isEqualTo(900);
    assertThat(body(first))
        .as("the source says 2099, which is looked at again after a day")
        .isEqualTo(
            "{\"pipeline\":\"acme\",\"table\":\"limited\",\"resume\":1,\"not_before\":\"2026-03-02T12:00:00Z\"}");

    var early = invoked.at(Invoked.NOW.plusSeconds(901)).eventSync(Invoked.message(body(first)));

    assertThat(early.reports()).as("nothing is run before it is time").isEmpty();
    assertThat(Invoked.failedItems(early)).isEmpty();
    assertThat(amazon.messages()).hasSize(2);
    assertThat(body(amazon.messages().getLast())).isEqualTo(body(first));

    invoked.at(Invoked.NOW.plusSeconds(86_400 - 90)).eventSync(Invoked.message(body(first)));

    assertThat(amazon.messages().getLast().path("DelaySeconds").asInt()).isEqualTo(90);

    var due = invoked.at(Invoked.NOW.plusSeconds(86_400)).eventSync(Invoked.message(body(first)));

    assertThat(due.reports()).hasSize(1);
    assertThat(body(amazon.messages().getLast())).contains("\"resume\":2");
  }

  @Test
  void newNudgeDoesNotWaitForAnEarlyOne() {
    String early = LETTERS.replace("}", ",\"resume\":9,\"not_before\":\"2026-03-01T13:00:00Z\"}");
    String event = "{\"Records\": [%s, %s]}".formatted(record("m0", early), record("m1", LETTERS));

    var result = delayed().eventSync(event);

    assertThat(Invoked.failedItems(result)).isEmpty();
    assertThat(amazon.messages()).isEmpty();
    assertThat(pipelines.landed("acme", "letters")).hasSize(5);
  }

  @Test
  void postponedMessageDoesNotComeBackWithThoseOfARunThatFailedToStart() {
    String early = LIMITED.replace("}", ",\"resume\":9,\"not_before\":\"2026-03-01T13:00:00Z\"}");
    String event = "{\"Records\": [%s, %s]}".formatted(record("m0", early), record("m1", LETTERS));

    var result = delayed().with("TOKEN", "").eventSync(event);

    assertThat(Invoked.failedItems(result)).containsExactly("m1");
    assertThat(result.problems()).hasSize(1);
    assertThat(amazon.messages()).extracting(ResumptionTest::body).containsExactly(early);
  }

  private static String record(String id, String body) {
    return "{\"messageId\": \"%s\", \"body\": \"%s\"}".formatted(id, body.replace("\"", "\\\""));
  }

  @Test
  void busyTableIsResumedWhenTheLeaseEnds() {
    var until = takenUntil();

    var result = delayed().eventSync(Invoked.message(LETTERS));

    assertThat(Invoked.failedItems(result)).isEmpty();
    assertThat(amazon.messages().getFirst().path("DelaySeconds").asInt()).isEqualTo(120);
    assertThat(body(amazon.messages().getFirst())).contains("\"not_before\":\"" + until + "\"");
  }

  /** Another run has the letters for two minutes; leases are counted by the real time. */
  private Instant takenUntil() {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    invoked.at(now);
    new LocalCheckpointStore(pipelines.lake().resolve(".sluice"))
        .acquire(new Destination("acme", "letters"), "another", now.plusSeconds(120));
    return now.plusSeconds(120);
  }

  @Test
  void scheduleLeavesABusyTableToItsNextTurn() {
    var until = takenUntil();

    var result = delayed().scheduledSync("{\"pipeline\": \"acme\", \"tables\": [\"letters\"]}");

    assertThat(result.failure()).isEmpty();
    assertThat(result.answer().at("/tables/0/outcome").asText()).isEqualTo("BUSY");
    assertThat(result.answer().at("/tables/0/resume_at").asText()).isEqualTo(until.toString());
    assertThat(amazon.messages()).isEmpty();
  }

  @Test
  void withoutResumptionTheMessageComesBackByItself() {
    var result = invoked.outOfTime("event-sync", Invoked.message(LETTERS));

    assertThat(Invoked.failedItems(result)).containsExactly("m0");
    assertThat(amazon.messages()).isEmpty();
    assertThat(invoked.outOfTime("scheduled-sync", "{\"pipeline\": \"acme\"}").failure()).isEmpty();
  }

  @Test
  void limitEndsTheResumptions() {
    delayed().with("SLUICE_RESUME_LIMIT", "3");

    var result =
        invoked.outOfTime("event-sync", Invoked.message(LETTERS.replace("}", ",\"resume\":3}")));

    assertThat(Invoked.failedItems(result)).containsExactly("m0");
    assertThat(
            invoked.outOfTime("scheduled-sync", "{\"pipeline\":\"acme\",\"resume\":3}").failure())
        .isEmpty();
    assertThat(amazon.messages()).isEmpty();
    assertThat(invoked.printed().metrics())
        .filteredOn(metrics -> metrics.path("ResumeLimitReached").asInt() == 1)
        .extracting(metrics -> metrics.path("table").asText())
        .containsExactly("letters", "letters", "limited");
  }

  @Test
  void refusedResumptionIsToldAndTheMessageComesBack() {
    delayed();
    amazon.refuse("letters");

    var result = invoked.outOfTime("event-sync", Invoked.message(LETTERS));

    assertThat(Invoked.failedItems(result)).containsExactly("m0");
    assertThat(invoked.printed().text())
        .contains("The progress of letters is saved, but the resumption could not be requested")
        .contains("not allowed to do it");

    var scheduled = invoked.outOfTime("scheduled-sync", "{\"pipeline\": \"acme\"}");

    assertThat(scheduled.failure())
        .hasValueSatisfying(
            failure -> assertThat(failure).contains("the resumption could not be requested"));
  }

  @Test
  void scheduledRunIsResumedByAScheduleThatIsGoneAfterwards() {
    var result = scheduled().outOfTime("scheduled-sync", "{\"pipeline\": \"acme\", \"resume\": 1}");

    assertThat(result.failure()).isEmpty();
    assertThat(amazon.schedules()).hasSize(1);
    assertThat(amazon.schedules().keySet())
        .allSatisfy(name -> assertThat(name).matches("sluice-acme-[0-9a-f]{32}"));
    JsonNode schedule = amazon.schedules().values().iterator().next();
    assertThat(schedule.path("GroupName").asText()).isEqualTo("resumptions");
    assertThat(schedule.path("ScheduleExpression").asText()).isEqualTo("at(2026-03-01T12:00:10)");
    assertThat(schedule.path("ScheduleExpressionTimezone").asText()).isEqualTo("UTC");
    assertThat(schedule.path("ActionAfterCompletion").asText()).isEqualTo("DELETE");
    assertThat(schedule.at("/FlexibleTimeWindow/Mode").asText()).isEqualTo("OFF");
    assertThat(schedule.at("/Target/Arn").asText()).endsWith(":live");
    assertThat(schedule.at("/Target/RoleArn").asText()).endsWith("role/schedules");
    assertThat(schedule.at("/Target/DeadLetterConfig/Arn").asText()).endsWith(":dead");
    assertThat(schedule.at("/Target/RetryPolicy/MaximumRetryAttempts").asInt()).isPositive();
    assertThat(schedule.at("/Target/Input").asText())
        .isEqualTo("{\"pipeline\":\"acme\",\"tables\":[\"letters\",\"limited\"],\"resume\":2}");
  }

  @Test
  void inputOfAScheduleIsAnEventOfItsFunction() {
    scheduled().outOfTime("event-sync", Invoked.message(LETTERS));
    String nudge = input();
    assertThat(nudge).isEqualTo("{\"pipeline\":\"acme\",\"table\":\"letters\",\"resume\":1}");
    assertThat(invoked.eventSync(nudge).reports()).hasSize(1);
    assertThat(pipelines.landed("acme", "letters")).hasSize(5);
  }

  private String input() {
    return amazon.schedules().values().iterator().next().at("/Target/Input").asText();
  }

  @Test
  void repeatedInvocationMakesOneSchedule() {
    scheduled().outOfTime("scheduled-sync", "{\"pipeline\": \"acme\"}");

    var again = invoked.outOfTime("scheduled-sync", "{\"pipeline\": \"acme\"}");

    assertThat(again.failure()).isEmpty();
    assertThat(amazon.schedules()).hasSize(1);
    assertThat(amazon.conflicts()).hasSize(1);
  }

  @Test
  void tablesThatMayGoOnAtDifferentTimesAreResumedApart() {
    // The first table has its turn and is limited; the other had none.
    pipelines.letters("acme", "limited", "letters");

    scheduled().eventSync(Invoked.message(LIMITED));
    invoked.outOfTime("event-sync", Invoked.message(LETTERS));

    assertThat(amazon.schedules().values())
        .extracting(schedule -> schedule.path("ScheduleExpression").asText())
        .containsExactlyInAnyOrder("at(2026-03-02T12:00:10)", "at(2026-03-01T12:00:10)");
  }

  @Test
  void settingsAreCheckedBeforeAnythingIsRead() {
    assertThatThrownBy(() -> invoked.with("SLUICE_RESUME", "later").eventSync(LETTERS))
        .hasMessageContaining("SLUICE_RESUME is 'later'; it takes off, delayed, scheduled");
    assertThatThrownBy(() -> invoked.with("SLUICE_RESUME", "delayed").eventSync(LETTERS))
        .hasMessageContaining("SLUICE_RESUME_QUEUE_URL is not set; SLUICE_RESUME=delayed needs it");
    assertThatThrownBy(() -> delayed().with("SLUICE_RESUME_LIMIT", "-1").eventSync(LETTERS))
        .hasMessageContaining("SLUICE_RESUME_LIMIT is '-1'");
    assertThat(pipelines.landed("acme", "letters")).isEmpty();
  }

  @Test
  void fanOutQueuesOneMessageForEachTable() {
    invoked.with("SLUICE_FAN_OUT", "queue").with("SLUICE_QUEUE_URL", "http://127.0.0.1/1/n.fifo");

    var result = invoked.scheduledSync("{\"pipeline\": \"acme\"}");
    invoked.scheduledSync("{\"pipeline\": \"acme\"}");

    assertThat(result.answer())
        .hasToString("{\"pipeline\":\"acme\",\"queued\":[\"letters\",\"limited\"]}");
    assertThat(amazon.messages())
        .extracting(ResumptionTest::body)
        .containsExactlyElementsOf(List.of(LETTERS, LIMITED, LETTERS, LIMITED));
    assertThat(amazon.messages())
        .extracting(message -> message.path("MessageGroupId").asText())
        .containsExactly("acme/letters", "acme/limited", "acme/letters", "acme/limited");
    assertThat(amazon.messages())
        .extracting(message -> message.path("MessageDeduplicationId").asText())
        .as("a queue drops what it has seen")
        .doesNotHaveDuplicates();
  }

  @Test
  void tableThatWasNotQueuedFailsTheInvocationAfterTheOthers() {
    invoked.with("SLUICE_FAN_OUT", "queue").with("SLUICE_QUEUE_URL", "http://127.0.0.1/1/n.fifo");
    amazon.refuse("letters");

    var result = invoked.scheduledSync("{\"pipeline\": \"acme\"}");

    assertThat(amazon.messages()).extracting(ResumptionTest::body).containsExactly(LIMITED);
    assertThat(result.failure())
        .hasValueSatisfying(
            failure -> assertThat(failure).contains("Table letters was not queued"));
  }

  @Test
  void tokenInARefusedSignatureIsToldToNobody() {
    String signed = "The canonical string should have been 'x-amz-security-token:CANARY'";
    amazon.refuse("letters", "SignatureDoesNotMatch", signed);

    var delayed = delayed().outOfTime("scheduled-sync", "{\"pipeline\": \"acme\"}");
    var scheduled = scheduled().outOfTime("scheduled-sync", "{\"pipeline\": \"acme\"}");
    invoked.with("SLUICE_FAN_OUT", "queue").with("SLUICE_QUEUE_URL", "http://127.0.0.1/1/n.fifo");
    var queued = invoked.scheduledSync("{\"pipeline\": \"acme\"}");

    for (var result : List.of(delayed, scheduled, queued)) {
      assertThat(result.failure())
          .hasValueSatisfying(failure -> assertThat(failure).doesNotContain("CANARY"));
      assertThat(result.problems())
          .isNotEmpty()
          .extracting(ResumptionTest::stack)
          .allSatisfy(
              stack ->
                  assertThat(stack).contains("SignatureDoesNotMatch").doesNotContain("CANARY"));
    }
    assertThat(invoked.printed().text()).doesNotContain("CANARY");
  }

  private static String stack(Throwable failure) {
    var stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    return stack.toString();
  }

  @Test
  void messageThatWouldWaitLongerThanADayIsNotSentOnForEver() {
    String farOff = LETTERS.replace("}", ",\"not_before\":\"2099-01-01T00:00:00Z\"}");

    var result = delayed().eventSync(Invoked.message(farOff));

    assertThat(Invoked.failedItems(result)).isEmpty();
    assertThat(amazon.messages()).isEmpty();
    assertThat(pipelines.landed("acme", "letters")).hasSize(5);
  }
}
