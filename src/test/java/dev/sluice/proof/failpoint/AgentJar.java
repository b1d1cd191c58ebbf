package dev.sluice.proof.failpoint;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.objectweb.asm.ClassReader;

/** The agent as a process takes it: its classes as they were compiled, beside ASM's jar. */
final class AgentJar {
  private static final List<Class<?>> CLASSES =
      List.of(
          FailpointAgent.class,
          StepTransformer.class,
          Failpoint.class,
          Step.class,
          Side.class,
          FailpointStore.class);

  private AgentJar() {}

  /** The option of a JVM that has the agent. */
  static String option(Path folder) throws IOException {
    Path jar = folder.resolve("failpoints.jar");
    var manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", FailpointAgent.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, origin(ClassReader.class).toString());
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      Path classes = Path.of(origin(FailpointAgent.class));
      Path own = classes.resolve(AgentJar.class.getPackageName().replace('.', '/'));
      try (var files = Files.newDirectoryStream(own, AgentJar::isOfTheAgent)) {
        for (Path file : files) {
          out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, out);
        }
      }
    }
    return "-javaagent:" + jar;
  }

  private static boolean isOfTheAgent(Path file) {
    String name = file.getFileName().toString().replaceAll("[$.].*", "");
    return CLASSES.stream().anyMatch(type -> type.getSimpleName().equals(name));
  }

  private static URI origin(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
