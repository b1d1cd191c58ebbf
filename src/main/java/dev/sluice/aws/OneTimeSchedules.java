package dev.sluice.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.Target;

/** Creates schedules of Amazon EventBridge that invoke one target once, and are then gone. */
public final class OneTimeSchedules {
  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("'at('uuuu-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);
  private static final int ATTEMPTS = 10;
  private static final Duration OLDEST_EVENT = Duration.ofHours(1);

  private final SchedulerClient client;
  private final Place place;
  private final Supplier<Duration> patience;

  /**
   * Says where schedules are and what they invoke.
   *
   * @param targetArn what is invoked, by the role of {@code roleArn}
   * @param deadLetterArn the queue for what could not be handed over
   */
  public record Place(
      String group, String targetArn, String roleArn, Optional<String> deadLetterArn) {}

  /**
   * @param patience how long it may take to create one, all attempts together
   */
  public OneTimeSchedules(SchedulerClient client, Place place, Supplier<Duration> patience) {
    this.client = client;
    this.place = place;
    this.patience = patience;
  }

  /**
   * Schedules an invocation, unless there is a schedule of this name.
   *
   * @param at in whole seconds, and in the future: Amazon refuses the past
   * @throws dev.sluice.spi.ConnectorException that says why the schedule was not created
   */
  public void createIfAbsent(String name, Instant at, String input) {
    try {
      client.createSchedule(request(name, at, input));
    } catch (ConflictException e) {
      // A schedule of this name asks for the same invocation, so that one will come.
      return;
    } catch (SdkException e) {
      throw AwsFailures.of(
          "scheduler:CreateSchedule", "schedule %s/%s".formatted(place.group(), name), e);
    }
  }

  private CreateScheduleRequest request(String name, Instant at, String input) {
    return CreateScheduleRequest.builder()
        .name(name)
        .groupName(place.group())
        .scheduleExpression(AT.format(at))
        .scheduleExpressionTimezone("UTC")
        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
        .actionAfterCompletion(ActionAfterCompletion.DELETE)
        .target(target(input))
        .overrideConfiguration(limits -> limits.apiCallTimeout(patience.get()))
        .build();
  }

  private Target target(String input) {
    var target =
        Target.builder()
            .arn(place.targetArn())
            .roleArn(place.roleArn())
            .input(input)
            .retryPolicy(
                policy ->
                    policy
                        .maximumRetryAttempts(ATTEMPTS)
                        .maximumEventAgeInSeconds(Math.toIntExact(OLDEST_EVENT.toSeconds())));
    place.deadLetterArn().ifPresent(arn -> target.deadLetterConfig(queue -> queue.arn(arn)));
    return target.build();
  }
}
