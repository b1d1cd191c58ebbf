package dev.sluice.rest.http;

/** Adds credentials to a call, and repeats it when they were refused and may be accepted now. */
public final class Authorized implements Exchange {
  private final Credentials credentials;
  private final Exchange next;

  public Authorized(Credentials credentials, Exchange next) {
    this.credentials = credentials;
    this.next = next;
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    Answer answer = next.send(signed(call));
    int times = 0;
    while (isRefused(call, answer) && credentials.recover(answer, times)) {
      answer = next.send(signed(call));
      times++;
    }
    return answer;
  }

  private static boolean isRefused(Call call, Answer answer) {
    return (answer.status() == 401 || answer.status() == 403) && !call.accepted().contains(answer);
  }

  private Call signed(Call call) throws RetryableFailure, InterruptedException {
    credentials.prepare();
    return call.with(credentials.headers()).with(credentials.parameter());
  }
}
