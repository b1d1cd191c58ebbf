package dev.sluice.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that excludes the other threads of this process and other processes. */
final class LockFile {
  /** The locks between threads: a file lock belongs to the whole process. */
  private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  /** The work that is done while the lock is held. */
  interface Action<T> {
    T run() throws IOException;
  }

  private final Path path;

  LockFile(Path path) {
    this.path = path;
  }

  <T> T whileHeld(Action<T> action) throws IOException {
    Path folder = Folders.of(path);
    Folders.create(folder);
    ReentrantLock threads =
        THREADS.computeIfAbsent(
            folder.toRealPath().resolve(path.getFileName()), key -> new ReentrantLock());
    threads.lock();
    try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException("The lock on " + path + " was lost");
      }
      return action.run();
    } finally {
      threads.unlock();
    }
  }
}
