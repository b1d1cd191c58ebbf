package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.LocalObjectStore;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large offsets that change little from one to the next. */
class OffsetFolderTest {
  private static final String FOLDER = "acme/users/offsets/data/g=000001/";
  private static final int PARENTS = 200;

  @TempDir Path root;
  private ObjectStore store;
  private OffsetFolder folder;

  @BeforeEach
  void open() {
    store = new LocalObjectStore(root);
    folder = new OffsetFolder(store, FOLDER);
  }

  /** An offset of many parents, of which the first ones have moved so far. */
  private static Offset offset(int parents, int moved) {
    return Offset.parse(
        IntStream.range(0, parents)
            .mapToObj(
                i ->
                    "\"acme/repository %05d\":{\"cursor\":\"2026-01-%02dT00:00:00Z\",\"seen\":[%d]}"
                        .formatted(i, i < moved ? 2 : 1, i))
            .collect(Collectors.joining(",", "{\"run\":\"1\",\"parents\":{", "}}")));
  }

  private List<String> objects() {
    return store.list(FOLDER);
  }

  private Offset found(String reference) {
    return new OffsetFolder(store, FOLDER).find(reference);
  }

  @Test
  void smallDifferenceStandsInTheReference() {
    String first = folder.keep(offset(PARENTS, 0));
    String second = folder.keep(offset(PARENTS, 3));

    assertThat(objects()).hasSize(1);
    assertThat(second).startsWith(first + "+{").hasSizeLessThan(1000).matches("[!-~]*");
    assertThat(found(first)).isEqualTo(offset(PARENTS, 0));
    assertThat(found(second)).isEqualTo(offset(PARENTS, 3));
  }

  @Test
  void largerDifferenceHasAnObjectAndAVeryLargeOneIsTheNextBase() {
    String first = folder.keep(offset(2000, 0));
    String second = folder.keep(offset(2000, 50));
    String third = folder.keep(offset(2000, 1000));
    String fourth = folder.keep(offset(2000, 1001));

    assertThat(second).matches(first + "\\+[0-9a-f]{64}");
    assertThat(third).matches("[0-9a-f]{64}").isNotEqualTo(first);
    assertThat(fourth).startsWith(third + "+{");
    assertThat(objects()).hasSize(3).filteredOn(key -> key.endsWith(".patch.json")).hasSize(1);
    assertThat(found(second)).isEqualTo(offset(2000, 50));
    assertThat(found(fourth)).isEqualTo(offset(2000, 1001));
  }

  @Test
  void runThatGoesOnFromADifferenceKeepsTheBase() {
    folder.keep(offset(PARENTS, 0));
    String reference = folder.keep(offset(PARENTS, 1));
    var later = new OffsetFolder(store, FOLDER);

    later.find(reference);
    String next = later.keep(offset(PARENTS, 2));

    assertThat(objects()).hasSize(1);
    assertThat(found(next)).isEqualTo(offset(PARENTS, 2));
  }

  @Test
  void parentsMayComeAndGoAnywhere() {
    folder.keep(offset(PARENTS, 0));
    var changed =
        Offset.parse(
            offset(PARENTS, 0)
                .json()
                .replace("\"acme/repository 00007\":", "\"acme/renamed é\":")
                .replace("\"run\":\"1\"", "\"run\":\"1\",\"at\":\"acme/x\""));

    String reference = folder.keep(changed);

    assertThat(objects()).hasSize(1);
    assertThat(found(reference)).isEqualTo(changed);
  }

  @Test
  void whatADifferenceCannotSayIsKeptWhole() {
    folder.keep(offset(PARENTS, 0));
    var withNull = Offset.parse(offset(PARENTS, 0).json().replace("\"1\"", "null"));

    assertThat(found(folder.keep(withNull))).isEqualTo(withNull);
    assertThat(objects()).hasSize(2);
  }

  @Test
  void changedObjectIsNotTrusted() throws IOException {
    String reference = folder.keep(offset(PARENTS, 0));
    Path file = root.resolve(objects().getFirst());
    Files.writeString(file, Files.readString(file).replace("2026", "2025"));

    assertThatThrownBy(() -> found(reference))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(FOLDER)
        .hasMessageContaining("was changed")
        .hasMessageContaining("state reset");
  }

  @Test
  void damagedDifferenceIsRefused() {
    String reference = folder.keep(offset(PARENTS, 0));

    assertThatThrownBy(() -> found(reference + "+{\"a\""))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> found(reference + "+" + "0".repeat(64)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("is not there");
  }

  @Test
  void objectsGoAWeekAfterTheirSuccessorCame() throws IOException {
    Instant now = Instant.now();
    String oldest = kept(offset(2000, 0), now.minus(Duration.ofDays(30)));
    String old = kept(offset(2000, 1000), now.minus(Duration.ofDays(20)));
    String recent = kept(offset(2000, 2000), now.minus(Duration.ofDays(6)));
    String patch = kept(offset(2000, 1950), now.minus(Duration.ofDays(5)));
    folder.keep(offset(1000, 0));

    folder.removeUnused(now);
    assertThat(objects()).as("what this run used stays").hasSize(5);

    var next = new OffsetFolder(store, FOLDER);
    next.removeUnused(now);
    assertThat(objects()).as("nothing is new").hasSize(5);
    next.keep(offset(1000, 1000));
    next.removeUnused(now);

    assertThatThrownBy(() -> found(oldest)).hasMessageContaining("is not there");
    assertThat(found(old)).as("in use a week ago").isEqualTo(offset(2000, 1000));
    assertThat(found(recent)).isEqualTo(offset(2000, 2000));
    assertThat(found(patch)).isEqualTo(offset(2000, 1950));
  }

  private String kept(Offset offset, Instant at) throws IOException {
    var before = objects();
    String reference = folder.keep(offset);
    for (String key : objects()) {
      if (!before.contains(key)) {
        Files.setLastModifiedTime(root.resolve(key), FileTime.from(at));
      }
    }
    return reference;
  }
}
