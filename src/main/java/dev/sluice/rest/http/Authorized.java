package dev.sluice.rest.http;

/** Adds credentials to a call; when they are refused, refreshes them once and repeats it. */
public final class Authorized implements Exchange {
  private static final int UNAUTHORIZED = 401;

  private final Credentials credentials;
  private final Exchange next;

  public Authorized(Credentials credentials, Exchange next) {
    this.credentials = credentials;
    this.next = next;
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    Answer answer = next.send(signed(call));
    boolean refused = answer.status() == UNAUTHORIZED && !call.accepted().contains(answer);
    return refused && credentials.refresh() ? next.send(signed(call)) : answer;
  }

  private Call signed(Call call) throws RetryableFailure, InterruptedException {
    credentials.prepare();
    return call.with(credentials.headers()).with(credentials.parameter());
  }
}
