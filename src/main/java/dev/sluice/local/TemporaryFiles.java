package dev.sluice.local;

import dev.sluice.local.TemporaryFile.Linker;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates private files in a folder that get another name once they are complete. The first
 * creation removes what dead processes left.
 */
final class TemporaryFiles {
  private static final Duration SETTLED = Duration.ofMinutes(1);
  private static final Duration ABANDONED = Duration.ofDays(1);
  private static final String SUFFIX = ".tmp";

  /** Numbers that tell the files of this process apart, whichever folder they are in. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Path folder;
  private final InstantSource clock;
  private final Linker linker;
  private final ProcessId process = ProcessId.own();
  private final AtomicBoolean swept = new AtomicBoolean();

  TemporaryFiles(Path folder, InstantSource clock) {
    this(folder, clock, Linker.HARD);
  }

  TemporaryFiles(Path folder, InstantSource clock, Linker linker) {
    this.linker = linker;
    this.folder = folder;
    this.clock = clock;
  }

  TemporaryFile create() throws IOException {
    Folders.createPrivate(folder);
    if (swept.compareAndSet(false, true)) {
      sweep();
    }
    while (true) {
      Path path = folder.resolve(process + "." + NUMBERS.getAndIncrement() + SUFFIX);
      if (!Files.exists(path)) {
        return new TemporaryFile(path, linker);
      }
    }
  }

  private void sweep() throws IOException {
    Instant now = clock.instant();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        var age = Duration.between(lastWritten(file, now), now);
        if (age.compareTo(ABANDONED) > 0 || (age.compareTo(SETTLED) > 0 && isOrphan(file))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Instant lastWritten(Path file, Instant whenGone) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      return whenGone;
    }
  }

  private static boolean isOrphan(Path file) {
    String name = file.getFileName().toString();
    try {
      return ProcessId.parse(name.substring(0, name.indexOf('.'))).isGone();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
