package dev.sluice.proof;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The objects of one table's data, read as anybody would: by listing the folder. */
public record LakeInFolder(Path data) {

  /** In their order. */
  public List<Path> objects() {
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(file -> file.toString().endsWith(".jsonl.zst")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all objects, in their order. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    forEachLine(lines::add);
    return lines;
  }

  /** Does something for each line of all objects, in their order. */
  public void forEachLine(Consumer<String> action) {
    for (Path object : objects()) {
      try (var in =
          new BufferedReader(
              new InputStreamReader(
                  new ZstdInputStream(Files.newInputStream(object)), StandardCharsets.UTF_8))) {
        in.lines().forEach(action);
      } catch (IOException e) {
        throw new UncheckedIOException(object.toString(), e);
      }
    }
  }
}
