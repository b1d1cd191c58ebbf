package dev.sluice.local;

import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is complete and durable before it gets its name; one without a name is removed on
 * close.
 */
final class TemporaryFile implements AutoCloseable {
  private final Path path;
  private final Linker linker;
  private final FileChannel channel;

  /** Gives a file a second name, unless there is one of this name. */
  interface Linker {
    Linker HARD = Files::createLink;

    Path link(Path name, Path file) throws IOException;
  }

  TemporaryFile(Path path, Linker linker) throws IOException {
    this.path = path;
    this.linker = linker;
    this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Returns the stream that writes the file; closing it leaves the file open. */
  OutputStream out() {
    return Channels.newOutputStream(channel);
  }

  void write(String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Gives the file a name that no file has, in one durable step.
   *
   * @return false when there is a file of this name already
   */
  boolean linkTo(Path target) throws IOException {
    channel.force(true);
    Path folder = Folders.of(target);
    Folders.create(folder);
    try {
      linker.link(target, path);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return moveIfAbsent(target, e);
    }
    Folders.sync(folder);
    return true;
  }

  /**
   * Gives the file its name where the file system has no hard links. The look and the move are one
   * step because every creation holds the lock of the store.
   */
  private boolean moveIfAbsent(Path target, Exception noLinks) throws IOException {
    if (Files.exists(target)) {
      return false;
    }
    try {
      moveTo(target);
      return true;
    } catch (IOException e) {
      e.addSuppressed(noLinks);
      throw ConnectorException.configuration(
          "Cannot create %s: %s. The folder has to be writable, and its file system has to allow hard links, or to move files in one step"
              .formatted(target, e.getMessage()),
          e);
    }
  }

  /** Gives the file a name in place of the file that had it, in one durable step. */
  void moveTo(Path target) throws IOException {
    channel.force(true);
    Path folder = Folders.of(target);
    Folders.create(folder);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(folder);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
