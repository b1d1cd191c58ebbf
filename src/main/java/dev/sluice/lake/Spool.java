package dev.sluice.lake;

import dev.sluice.runtime.lake.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Holds bytes on their way to the store: in memory, and from a limit on in a temporary file that
 * only this process can open and that is removed with it.
 */
final class Spool implements Payload, AutoCloseable {
  private static final int IN_MEMORY = 1 << 20;

  private final int limit;
  private final Memory memory = new Memory();
  private Optional<FileChannel> file = Optional.empty();

  Spool() {
    this(IN_MEMORY);
  }

  Spool(int limit) {
    this.limit = limit;
  }

  private static final class Memory extends ByteArrayOutputStream {
    InputStream open() {
      return new ByteArrayInputStream(buf, 0, count);
    }

    void moveTo(FileChannel file) throws IOException {
      writeFully(file, ByteBuffer.wrap(buf, 0, count));
      buf = new byte[0];
      count = 0;
    }
  }

  /** Returns the stream that writes the bytes; closing it leaves the spool open. */
  OutputStream sink() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        if (file.isEmpty() && (long) memory.size() + length > limit) {
          file = Optional.of(openFile());
          memory.moveTo(file.get());
        }
        if (file.isPresent()) {
          writeFully(file.get(), ByteBuffer.wrap(bytes, from, length));
        } else {
          memory.write(bytes, from, length);
        }
      }
    };
  }

  /**
   * Opens a file that others cannot read; its name is removed at once on POSIX, elsewhere at the
   * end.
   */
  private static FileChannel openFile() throws IOException {
    var path = Files.createTempFile("sluice-", ".spool");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int written = file.write(bytes);
      if (written == 0) {
        throw new IOException("The temporary file takes no more bytes");
      }
    }
  }

  @Override
  public long size() throws IOException {
    return file.isPresent() ? file.get().size() : memory.size();
  }

  @Override
  public InputStream open() throws IOException {
    return file.isPresent() ? new FromFile(file.get()) : memory.open();
  }

  /** Returns how many of the bytes are in memory. */
  int inMemory() {
    return memory.size();
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  /** A stream that reads by position, so that the channel stays open and can be read again. */
  private static final class FromFile extends InputStream {
    private final FileChannel file;
    private long position;

    FromFile(FileChannel file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = file.read(ByteBuffer.wrap(bytes, from, length), position);
      position += Math.max(count, 0);
      return count;
    }
  }
}
