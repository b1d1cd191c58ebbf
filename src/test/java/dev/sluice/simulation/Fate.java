package dev.sluice.simulation;

/** What may become of a call to the outside. */
enum Fate {
  GO_ON("happens"),
  /** Another actor goes on; this call is decided anew when its turn comes again. */
  SWITCH("waits while another goes on"),
  /** Minutes pass before the call. */
  DELAY("waits for minutes"),
  /** Refused, for certain without effect. */
  FAIL("fails before its effect"),
  /** No answer and no effect, but nobody can know that. */
  LOSE_REQUEST("gets lost on the way there"),
  /** The effect without an answer. */
  LOSE_REPLY("happens, and its reply is lost"),
  /** The effect, and the client's library sends the request again by itself. */
  REPEAT("happens, its reply is lost, and it is sent again"),
  /** No answer now, and the effect when something lands. */
  STRAY("is on its way for a long time"),
  /** What has been on its way for a long time takes effect before this call. */
  LAND("waits while a stray request lands"),
  /** The process ends before the effect. */
  KILL("never happens: killed");

  private final String text;

  Fate(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
