package dev.sluice.connectors.github;

import dev.sluice.testkit.Reply;

/** Ends the answering of a request. */
final class GitHubRefusal extends RuntimeException {
  private final transient Reply reply;

  private GitHubRefusal(Reply reply) {
    this.reply = reply;
  }

  static GitHubRefusal of(int status, String message) {
    return new GitHubRefusal(error(status, message));
  }

  static GitHubRefusal notFound() {
    return of(404, "Not Found");
  }

  static GitHubRefusal invalid(String parameter) {
    return new GitHubRefusal(
        Reply.json(
            422,
            """
            {"message":"Validation Failed","errors":[{"code":"invalid","field":"%s"}],\
            "documentation_url":"https://docs.github.com/rest","status":"422"}"""
                .formatted(parameter)));
  }

  static Reply error(int status, String message) {
    return Reply.json(
        status,
        "{\"message\":\"%s\",\"documentation_url\":\"https://docs.github.com/rest\",\"status\":\"%d\"}"
            .formatted(message, status));
  }

  Reply reply() {
    return reply;
  }
}
