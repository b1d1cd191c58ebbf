package dev.sluice.lake;

import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what a failed access to this machine's files means: somebody has to make room, mostly. */
public final class DiskFailure {

  private DiskFailure() {}

  /**
   * Returns the error.
   *
   * @param what cannot be done, and where
   */
  public static ConnectorException of(String what, IOException cause) {
    if (cause instanceof ClosedChannelException) {
      return ConnectorException.transientFailure(what + ": interrupted", cause);
    }
    return ConnectorException.configuration(
        "%s: %s. Make room there, allow it to this user, or choose another place"
            .formatted(what, reason(cause)),
        cause);
  }

  /** Returns the reason in words; of a file system, some reasons are the exception's class only. */
  private static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException denied -> denied.getFile() + " is not allowed to this user";
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      case FileSystemException other when other.getReason() != null ->
          "%s: %s".formatted(other.getFile(), other.getReason());
      default -> String.valueOf(cause.getMessage());
    };
  }
}
