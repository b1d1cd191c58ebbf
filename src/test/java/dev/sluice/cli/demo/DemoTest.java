package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir Path folder;

  private Cli.Result demo() {
    return new Cli(folder).run("demo", "--dir", folder.resolve("demo").toString());
  }

  @Test
  void bothSyncsBringExactlyWhatTheSourceHoldsAndASecondDemoBeginsAnew() {
    var first = demo();
    var second = demo();

    assertThat(first.out()).doesNotContain("Removing");
    assertThat(second.out()).startsWith("Removing the files of an earlier demo");
    for (var result : new Cli.Result[] {first, second}) {
      assertThat(result.code()).isZero();
      assertThat(result.out().lines().filter(line -> line.endsWith("equal, record by record")))
          .hasSize(10);
      assertThat(result.out())
          .containsPattern("products +caught up +53 +0 ")
          .containsPattern("events +caught up +101 +0 ")
          .containsPattern("users +caught up +37 +0 ")
          .containsPattern("orders +caught up +103 +0 ")
          .containsPattern("products +caught up +54 +0 ")
          .containsPattern("events +caught up +2 +0 ")
          .containsPattern("users +caught up +1 +0 ")
          .containsPattern("orders +caught up +3 +2 ")
          .doesNotContain("DIFFERENT");
    }
  }
}
