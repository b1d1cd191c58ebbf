package dev.sluice.simulation;

import dev.sluice.lake.Document;
import dev.sluice.simulation.ProtocolRun.Batch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ways to commit microbatches that look right. All but the last lose or repeat records; they are
 * here to show that the simulation finds out.
 *
 * <p>An offset is the number of records before it.
 */
enum Protocol {
  OFFSET_THEN_DATA {
    @Override
    long commit(ProtocolRun run, long at, Batch batch) {
      run.save(batch.end());
      run.put(run.uniqueKey(), batch);
      return batch.end();
    }
  },
  RANDOM_KEY_THEN_OFFSET {
    @Override
    long commit(ProtocolRun run, long at, Batch batch) {
      run.put(run.uniqueKey(), batch);
      run.save(batch.end());
      return batch.end();
    }
  },
  RANDOM_KEY_THEN_OFFSET_IF_UNCHANGED {
    @Override
    long commit(ProtocolRun run, long at, Batch batch) {
      run.put(run.uniqueKey(), batch);
      return run.saveIfUnchanged(batch.end());
    }
  },
  KEY_OF_THE_START_OVERWRITING {
    @Override
    long commit(ProtocolRun run, long at, Batch batch) {
      run.put(Long.toString(at), batch);
      return run.saveIfUnchanged(batch.end());
    }
  },
  KEY_OF_START_AND_END_OVERWRITING {
    @Override
    long commit(ProtocolRun run, long at, Batch batch) {
      run.put(at + "-" + batch.end(), batch);
      return run.saveIfUnchanged(batch.end());
    }
  },
  CREATE_IF_ABSENT_KEEPING_THE_OWN_END {
    @Override
    long commit(ProtocolRun run, long at, Batch batch) {
      run.create(Long.toString(at), batch);
      return run.saveIfUnchanged(batch.end());
    }
  },
  MANIFEST_DELETING_THE_OWN_FILE_WHEN_REFUSED {
    @Override
    long start(ProtocolRun run) {
      return run.manifest().map(Manifest::of).orElse(Manifest.EMPTY).end();
    }

    @Override
    long commit(ProtocolRun run, long at, Batch batch) {
      String file = run.uniqueKey();
      run.put(file, batch);
      var document = run.manifest();
      var before = document.map(Manifest::of).orElse(Manifest.EMPTY);
      boolean isCommitted =
          before.end() == at
              && run.replaceManifest(document, before.with(file, batch.end()).text());
      if (!isCommitted) {
        run.delete(file);
      }
      return start(run);
    }

    @Override
    List<String> visible(ProtocolRun run) {
      return run.manifestInSight().map(Manifest::of).orElse(Manifest.EMPTY).files().stream()
          .flatMap(file -> run.lines(file).stream())
          .toList();
    }
  },
  /** Ours. */
  CREATE_IF_ABSENT_ADOPTING_THE_END_THAT_IS_THERE {
    @Override
    long commit(ProtocolRun run, long at, Batch batch) {
      return run.saveIfUnchanged(run.create(Long.toString(at), batch));
    }
  };

  /** Where a run begins to read. */
  long start(ProtocolRun run) {
    return run.load();
  }

  /** Commits what was read from an offset on, and says where to go on. */
  abstract long commit(ProtocolRun run, long at, Batch batch);

  /** What a reader finds. */
  List<String> visible(ProtocolRun run) {
    return run.allLines();
  }

  /** An end offset, and the files whose records come before it. */
  private record Manifest(long end, List<String> files) {
    static final Manifest EMPTY = new Manifest(0, List.of());

    static Manifest of(Document document) {
      var lines = document.text().lines().toList();
      return new Manifest(Long.parseLong(lines.getFirst()), lines.subList(1, lines.size()));
    }

    Manifest with(String file, long newEnd) {
      var more = new ArrayList<>(files);
      more.add(file);
      return new Manifest(newEnd, more);
    }

    String text() {
      return end + "\n" + String.join("\n", files);
    }
  }

  /** Bytes of a batch, one record a line. */
  static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What is wrong about what readers find of these records. */
  static Optional<String> complaint(List<String> found, List<String> records) {
    var missing = new ArrayList<>(records);
    missing.removeAll(found);
    var surplus = new ArrayList<>(found);
    records.forEach(surplus::remove);
    return !missing.isEmpty()
        ? Optional.of("loses " + missing)
        : surplus.isEmpty() ? Optional.empty() : Optional.of("repeats " + surplus);
  }
}
