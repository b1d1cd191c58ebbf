package dev.sluice.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.RefusalClassifier;
import dev.sluice.rest.http.RetryableFailure;
import dev.sluice.rest.http.Secrets;
import dev.sluice.rest.json.ErrorMessage;
import dev.sluice.rest.json.MalformedDocument;
import dev.sluice.rest.json.ReportedError;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;

/**
 * Reads responses. When one cannot be read, it says what is wrong and where the response came from.
 * It passes on neither causes nor the parser's messages: they quote what the source has sent.
 */
record AnswerReader(Secrets secrets, ErrorMessage errors, RefusalClassifier classifier) {

  /** Converts a response to a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Answer answer) throws IOException;
  }

  <T> T read(Answer answer, Reader<T> reader) throws RetryableFailure {
    try {
      return reader.read(answer);
    } catch (ConnectorException e) {
      String what = secrets.excerpt(message(e));
      if (e.kind() == ConnectorException.Kind.TRANSIENT) {
        throw passing(answer, what);
      }
      throw failure(answer, what);
    } catch (IOException e) {
      throw failure(answer, e);
    }
  }

  private ConnectorException failure(Answer answer, IOException e) throws RetryableFailure {
    return switch (e) {
      case ReportedError error -> {
        String what = "the source reports an error, " + text(answer, error);
        if (error.isPassing()) {
          throw passing(answer, what);
        }
        yield failure(answer, what);
      }
      case StreamConstraintsException limit ->
          failure(
              answer, "beyond the limits for JSON: " + secrets.excerpt(limit.getOriginalMessage()));
      case MalformedDocument document -> throw unreadable(answer, message(document));
      case JsonEOFException end ->
          throw unreadable(answer, "the body ends before the JSON document does");
      case JsonProcessingException json ->
          throw unreadable(
              answer, "the body is not JSON at byte " + json.getLocation().getByteOffset());
      default -> throw unreadable(answer, "the body cannot be read");
    };
  }

  private String text(Answer answer, ReportedError error) {
    String message = secrets.excerpt(message(error));
    String text =
        error.isWhole() ? secrets.excerpt(errors.text(answer.body(), answer.length())) : "";
    return text.isEmpty() ? message : message + ": " + text;
  }

  private ConnectorException failure(Answer answer, String what) {
    return ConnectorException.protocol(secrets.mask(answer.place()) + ": " + what);
  }

  private RetryableFailure passing(Answer answer, String what) {
    return classifier.declaredPassing(answer, secrets.mask(answer.place()) + ": " + what);
  }

  private RetryableFailure unreadable(Answer answer, String what) {
    return RetryableFailure.unreadable(
        "%s: %s (content type %s, %,d bytes)"
            .formatted(
                secrets.mask(answer.place()),
                secrets.excerpt(what),
                secrets.excerpt(answer.header("content-type").orElse("unknown")),
                answer.length()));
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
