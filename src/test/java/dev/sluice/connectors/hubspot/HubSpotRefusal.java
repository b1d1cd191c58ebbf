package dev.sluice.connectors.hubspot;

import dev.sluice.testkit.Reply;

/** Ends the answering of a request, with HubSpot's form of an error. */
final class HubSpotRefusal extends RuntimeException {
  private final int status;
  private final String category;

  HubSpotRefusal(int status, String category, String message) {
    super(message);
    this.status = status;
    this.category = category;
  }

  Reply reply() {
    return Reply.json(
        status,
        """
        {"status":"error","message":"%s","correlationId":"a43683b0-5717-4ceb-80b4-104d02915d8c","category":"%s"}"""
            .formatted(String.valueOf(getMessage()).replace('"', '\''), category));
  }
}
