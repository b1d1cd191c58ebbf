package dev.sluice.functions.resume;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.NudgeQueue;
import dev.sluice.aws.OneTimeSchedules;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.FunctionSettings;
import dev.sluice.functions.run.TimeLimit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The service that invokes a function again. The caller closes it. */
interface Resumptions extends AutoCloseable {

  /** Requests a resumption. Throws whatever the service throws. */
  void request(Resumption resumption);

  @Override
  void close();

  /**
   * Returns a supplier that connects to the service that the settings name; checks all settings
   * that it needs.
   *
   * @param input the event that a schedule sends to this function
   */
  static Supplier<Resumptions> of(
      FunctionSettings settings,
      Deployment deployment,
      TimeLimit time,
      Function<Resumption, String> input) {
    var clients = new AwsClients(deployment.variables());
    return switch (settings.resuming()) {
      case OFF ->
          () -> {
            throw new IllegalStateException("Nothing is resumed here");
          };
      case DELAYED -> {
        String url = settings.require("SLUICE_RESUME_QUEUE_URL", "SLUICE_RESUME=delayed");
        yield () -> {
          var client = clients.sqs();
          return new DelayedResumptions(
              client, new NudgeQueue(client, url, time::patience), deployment.clock());
        };
      }
      case SCHEDULED -> {
        var place = place(settings);
        yield () -> {
          var client = clients.scheduler();
          return new ScheduledResumptions(
              client,
              new OneTimeSchedules(client, place, time::patience),
              deployment.clock(),
              input);
        };
      }
    };
  }

  private static OneTimeSchedules.Place place(FunctionSettings settings) {
    String reason = "SLUICE_RESUME=scheduled";
    return new OneTimeSchedules.Place(
        settings.require("SLUICE_SCHEDULE_GROUP", reason),
        settings.require("SLUICE_SCHEDULE_TARGET_ARN", reason),
        settings.require("SLUICE_SCHEDULE_ROLE_ARN", reason),
        settings.find("SLUICE_SCHEDULE_DEAD_LETTER_ARN"));
  }
}
