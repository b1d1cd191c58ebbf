package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's runtime is made for Linux")
class RuntimeInterfaceTest {
  @TempDir Path folder;

  @Test
  void answers() {
    try (var process = new LambdaProcess.Settings(folder, "scheduled-sync").start()) {
      var answer = process.invoke("{\"pipeline\": \"a\"}");
      System.out.println(process.age());
      System.out.println(answer + " " + process.peakResidentBytes() / 1024 / 1024);
      var b = process.invoke("{\"pipeline\": \"a\"}");
      System.out.println(b);
      System.out.println(process.invoke("{"));
      System.out.println(process.lines());
      System.out.println(process.errors());
      assertThat(answer.kind()).isEqualTo(Answer.Kind.RESPONSE);
    }
  }
}
