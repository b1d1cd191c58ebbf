package dev.sluice.lake;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The ways to compress the objects of a table. */
public enum Compression {
  ZSTD(".zst") {
    @Override
    OutputStream compress(OutputStream out) throws IOException {
      return new ZstdOutputStream(out, ZSTD_LEVEL).setChecksum(true);
    }

    @Override
    InputStream decompress(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }
  },
  GZIP(".gz") {
    @Override
    OutputStream compress(OutputStream out) throws IOException {
      return new GZIPOutputStream(out, BUFFER) {
        {
          def.setLevel(GZIP_LEVEL);
        }
      };
    }

    @Override
    InputStream decompress(InputStream in) throws IOException {
      return new GZIPInputStream(in, BUFFER);
    }
  },
  NONE("") {
    @Override
    OutputStream compress(OutputStream out) {
      return out;
    }

    @Override
    InputStream decompress(InputStream in) {
      return in;
    }
  };

  /** The level: its output is small, and it is still faster than any source. */
  private static final int ZSTD_LEVEL = 3;

  /** The level: four times as fast as the usual 6, and its output is a quarter larger. */
  private static final int GZIP_LEVEL = 1;

  private static final int BUFFER = 64 << 10;

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /** Returns the end of the file's name; empty for no compression. */
  String extension() {
    return extension;
  }

  abstract OutputStream compress(OutputStream out) throws IOException;

  abstract InputStream decompress(InputStream in) throws IOException;
}
