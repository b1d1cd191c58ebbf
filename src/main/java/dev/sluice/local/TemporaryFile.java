package dev.sluice.local;

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
  private final FileChannel channel;

  TemporaryFile(Path path) throws IOException {
    this.path = path;
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
      Files.createLink(target, path);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      throw noHardLinks(target, e);
    }
    Folders.sync(folder);
    return true;
  }

  private static IOException noHardLinks(Path target, Exception cause) {
    return new IOException(
        "Cannot create %s by a hard link: %s. The folder has to be writable, and its file system has to allow hard links"
            .formatted(target, cause.getMessage()),
        cause);
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
