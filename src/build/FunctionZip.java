import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Makes the artefact for Lambda smaller, in its place: {@code java FunctionZip.java function.zip}.
 *
 * <p>Native libraries for systems that Lambda does not have are left out. Jars are stored inside
 * without compression of their own: the zip around them then compresses a library as a whole,
 * classes that look alike together, and a starting process has nothing left to inflate. Order and
 * times are fixed.
 */
final class FunctionZip {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** Of a jar: the manifest has to come first, and classes that look alike compress together. */
  private static final Comparator<String> JAR_ORDER =
      Comparator.<String>comparingInt(name -> name.equals("META-INF/MANIFEST.MF") ? 0 : 1)
          .thenComparing(name -> name.substring(name.lastIndexOf('.') + 1))
          .thenComparing(Comparator.naturalOrder());

  private FunctionZip() {}

  public static void main(String[] arguments) throws IOException {
    Path zip = Path.of(arguments[0]);
    Path smaller = zip.resolveSibling(zip.getFileName() + ".part");
    var entries = entries(Files.readAllBytes(zip), Comparator.naturalOrder());
    try (var out = Files.newOutputStream(smaller)) {
      write(entries, out, ZipEntry.DEFLATED);
    }
    Files.move(smaller, zip, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, byte[]> entries(byte[] zip, Comparator<String> order)
      throws IOException {
    var entries = new TreeMap<String, byte[]>(order);
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        if (!entry.isDirectory() && !isForAnotherSystem(name)) {
          byte[] content = in.readAllBytes();
          entries.put(name, name.endsWith(".jar") ? stored(content) : content);
        }
      }
    }
    return entries;
  }

  private static byte[] stored(byte[] jar) throws IOException {
    var out = new ByteArrayOutputStream();
    write(entries(jar, JAR_ORDER), out, ZipEntry.STORED);
    return out.toByteArray();
  }

  /** Lambda runs Linux on x86-64 and on 64-bit ARM. */
  private static boolean isForAnotherSystem(String name) {
    boolean isLibrary = name.endsWith(".so") || name.endsWith(".dll") || name.endsWith(".dylib");
    return isLibrary && !name.startsWith("linux/amd64/") && !name.startsWith("linux/aarch64/");
  }

  private static void write(Map<String, byte[]> entries, OutputStream out, int method)
      throws IOException {
    var zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_COMPRESSION);
    for (var entry : entries.entrySet()) {
      zip.putNextEntry(described(entry.getKey(), entry.getValue(), method));
      zip.write(entry.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  private static ZipEntry described(String name, byte[] content, int method) {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      var crc = new CRC32();
      crc.update(content);
      entry.setCrc(crc.getValue());
      entry.setSize(content.length);
    }
    return entry;
  }
}
