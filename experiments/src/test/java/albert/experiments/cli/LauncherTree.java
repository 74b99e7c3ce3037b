package albert.experiments.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A small tree with the launcher in it, a Maven that only pretends to build, and a Java that prints
 * what it is called with.
 */
final class LauncherTree {

  private static final int PATIENCE_SECONDS = 60;

  /** Counts its builds; the file {@code broken} makes one fail, {@code slow} last a second. */
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      set -eu
      if [ "$1" = --version ]; then echo 'Apache Maven 3.9.0'; exit; fi
      echo "$@" >> builds
      [ ! -e slow ] || sleep 1
      [ ! -e broken ] || { echo '[ERROR] broken on purpose'; exit 1; }
      module=.albert/maven/albert-experiments
      mkdir -p $module
      cp suite.jar $module/suite.jar
      cp libraries $module/classpath
      """;

  /** With {@code hold} it waits until the file {@code go} is there. */
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      echo "pid $$" "$@"
      case " $* " in
        *' hold '*) touch "$HELD"; until [ -e "$GO" ]; do sleep 0.05; done ;;
        *' fail '*) exit 7 ;;
      esac
      """;

  private final Path root;

  /** What a launcher that has ended left. */
  record Ended(int status, long pid, String out, String err) {}

  LauncherTree(Path root) throws IOException {
    this.root = root;
    Files.copy(Path.of("..", "albert"), file("albert"));
    write("pom.xml", "<project/>");
    write("experiments/pom.xml", "<project/>");
    write("experiments/src/main/java/A.java", "class A {}");
    write("experiments/src/main/java/B.java", "class B {}");
    write("experiments/studies/a.yaml", "study: a");
    write("libraries", file("suite.jar").toString());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file("suite.jar")))) {
      jar.finish();
    }
    program("bin/mvn", MAVEN);
    program("jdk/bin/java", JAVA);
    program("jdk/bin/javac", "");
    write("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
  }

  Path file(String name) {
    return root.resolve(name);
  }

  void write(String name, String text) throws IOException {
    Files.createDirectories(file(name).resolveSibling(""));
    Files.writeString(file(name), text);
  }

  void program(String name, String text) throws IOException {
    write(name, text);
    if (!file(name).toFile().setExecutable(true)) {
      throw new IOException(name);
    }
  }

  /** How often Maven was asked to build. */
  long builds() throws IOException {
    Path file = file("builds");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  List<String> folders() throws IOException {
    try (Stream<Path> folders = Files.list(file(".albert/builds"))) {
      return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
    }
  }

  Process start(String... arguments) throws IOException {
    return process(command(arguments)).start();
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(file("albert").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A command in the tree, with its programs first. */
  ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().put("JAVA_HOME", file("jdk").toString());
    builder.environment().merge("PATH", file("bin").toString(), (old, bin) -> bin + ":" + old);
    builder.environment().put("HELD", file("held").toString());
    builder.environment().put("GO", file("go").toString());
    builder.environment().remove("COLUMNS");
    builder.environment().remove("ALBERT_GPU");
    return builder;
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    return end(start(arguments));
  }

  /** With the variable {@code ALBERT_GPU}. */
  Ended runWithGpu(String gpu, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = process(command(arguments));
    builder.environment().put("ALBERT_GPU", gpu);
    return end(builder.start());
  }

  /** What it says is short, so that it needs no reader while it runs. */
  static Ended end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the launcher hangs");
    }
    return new Ended(
        process.exitValue(),
        process.pid(),
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }
}
