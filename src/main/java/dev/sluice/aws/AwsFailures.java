package dev.sluice.aws;

import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells what a failed request means, and who must act. An action is named as in a policy ({@code
 * s3:PutObject}), a target so that it can be found ({@code s3://bucket/key}, a table's name).
 */
final class AwsFailures {
  private static final int LONGEST_TEXT = 300;

  /**
   * The errors whose texts are never quoted: a service that refuses a signature repeats what was
   * sent, tokens included.
   */
  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotSignedUp",
          "RequestExpired",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnrecognizedClientException");

  private static final Set<String> MISSING =
      Set.of(
          "NoSuchBucket",
          "ParameterNotFound",
          "QueueDoesNotExist",
          "ResourceNotFoundException",
          "AWS.SimpleQueueService.NonExistentQueue");

  private static final Set<String> ELSEWHERE =
      Set.of(
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "PermanentRedirect",
          "TemporaryRedirect");

  /** The errors of a request that arrived damaged, or not at all. */
  private static final Set<String> DAMAGED =
      Set.of(
          "BadDigest",
          "IncompleteBody",
          "RequestTimeout",
          "XAmzContentChecksumMismatch",
          "XAmzContentSHA256Mismatch");

  /**
   * The errors whose texts are quoted: they name identities, actions, keys and limits, and nothing
   * that was sent.
   */
  private static final Set<String> QUOTED = Set.of("AccessDenied", "KMS", "Kms", "Validation");

  private AwsFailures() {}

  /**
   * Returns the error for a request that did not happen, or that changes nothing. A refusal counts
   * as one, although it may be the response to a retry of a request that had succeeded.
   */
  static ConnectorException of(String action, String target, SdkException failure) {
    String what = "%s on %s: %s".formatted(action, target, reason(failure));
    String code = code(failure);
    int status = status(failure);
    if (BAD_CREDENTIALS.contains(code) || hasNoCredentials(failure)) {
      // No cause: its text may repeat a token.
      return ConnectorException.accessDenied(what + ". Correct the AWS credentials");
    }
    if (MISSING.contains(code)) {
      return ConnectorException.configuration(
          what + ". Create it, or correct its name or AWS_REGION", failure);
    }
    if (ELSEWHERE.contains(code) || isRedirect(status)) {
      return ConnectorException.configuration(
          what + ". It is in another region: correct AWS_REGION", failure);
    }
    // The JSON protocols deny access with status 400.
    if (status == 401 || status == 403 || code.startsWith("AccessDenied")) {
      return ConnectorException.accessDenied(
          what + ". Allow the action to this role or user, or correct the AWS credentials");
    }
    return isTransient(failure)
        ? ConnectorException.transientFailure(what + ". The next run tries again", failure)
        : ConnectorException.configuration(what + ". The service refuses such a request", failure);
  }

  /** Returns the error for a write that may or may not have happened. */
  static OutcomeUnknownException unknown(String action, String target, SdkException failure) {
    return new OutcomeUnknownException(
        "%s on %s may or may not have happened: %s. The next run looks"
            .formatted(action, target, reason(failure)),
        failure);
  }

  /**
   * Tells whether a write may have happened: the response was lost, or the service says that it
   * failed itself. Throttling counts, as the throttled request may be a retry of one that was not
   * throttled.
   */
  static boolean mayHaveHappened(SdkException failure) {
    if (failure instanceof AwsServiceException) {
      int status = status(failure);
      // S3 begins some responses with 200 before it knows, and puts the error into the body.
      return status >= 500 || status < 300 || status == 408 || isThrottling(failure);
    }
    return !hasNoCredentials(failure);
  }

  /** Tells whether a condition of the request did not hold. */
  static boolean isRefusedByCondition(SdkException failure) {
    return status(failure) == 412;
  }

  /** Tells whether another writer was at work at the same time. */
  static boolean isConflict(SdkException failure) {
    return status(failure) == 409;
  }

  private static boolean isTransient(SdkException failure) {
    return mayHaveHappened(failure)
        || isConflict(failure)
        || isRefusedByCondition(failure)
        || DAMAGED.contains(code(failure));
  }

  private static boolean isThrottling(SdkException failure) {
    return failure instanceof AwsServiceException service && service.isThrottlingException();
  }

  private static boolean isRedirect(int status) {
    return status >= 300 && status < 400;
  }

  /** Tells whether there are no credentials, by the message: the SDK has no type for this. */
  private static boolean hasNoCredentials(SdkException failure) {
    return !(failure instanceof AwsServiceException)
        && String.valueOf(failure.getMessage()).contains("Unable to load credentials");
  }

  private static int status(SdkException failure) {
    return failure instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  /**
   * Returns the error code; empty when the response had no body, as responses to HEAD have none.
   */
  private static String code(SdkException failure) {
    return details(failure).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static Optional<AwsErrorDetails> details(SdkException failure) {
    return failure instanceof AwsServiceException service
        ? Optional.ofNullable(service.awsErrorDetails())
        : Optional.empty();
  }

  private static String reason(SdkException failure) {
    if (hasNoCredentials(failure)) {
      return "there are no AWS credentials in the environment";
    }
    if (!(failure instanceof AwsServiceException)) {
      return firstLine(String.valueOf(failure.getMessage()));
    }
    String code = code(failure);
    String status = "status " + status(failure);
    String text =
        details(failure)
            .map(AwsErrorDetails::errorMessage)
            .filter(message -> QUOTED.stream().anyMatch(code::startsWith))
            .map(message -> ", " + firstLine(message))
            .orElse("");
    return code.isEmpty() ? status : "%s (%s)%s".formatted(code, status, text);
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    String end = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return end.substring(0, Math.min(end.length(), LONGEST_TEXT));
  }
}
