package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher {@code albert} in a small tree of its own. */
final class LauncherTest {

  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  @TempDir private Path folder;
  private LauncherTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new LauncherTree(folder.toRealPath());
  }

  @Test
  void buildsOnceAndNamesTheLog() throws Exception {
    LauncherTree.Ended first = tree.run("params", "--json");
    assertThat(first.status()).isZero();
    assertThat(first.err())
        .isEqualTo(
            "albert: building; Maven's output goes to " + tree.file(".albert/build.log") + "\n");
    assertThat(first.out())
        .startsWith("pid " + first.pid() + " ")
        .endsWith("albert.experiments.cli.Main params --json\n");
    assertThat(first.out())
        .contains("-cp " + tree.file(".albert/builds/" + tree.folders().get(0)) + "/*:");
    LauncherTree.Ended second = tree.run("fail");
    assertThat(second.err()).isEmpty();
    assertThat(second.status()).isEqualTo(7);
    assertThat(tree.builds()).isEqualTo(1);
    assertThat(tree.file("experiments/target")).doesNotExist();
  }

  /** Both builds of the same sources stay; CUDA comes by Maven unless it is the system's. */
  @Test
  void theBuildForGpusIsAnother() throws Exception {
    tree.run("params");
    LauncherTree.Ended gpu = tree.run("--gpu", "params", "--json");
    assertThat(gpu.status()).isZero();
    assertThat(gpu.out()).endsWith("albert.experiments.cli.Main params --json\n");
    String hash = tree.folders().get(0);
    assertThat(tree.folders()).containsExactly(hash, hash + "-gpu");
    assertThat(gpu.out()).contains("-cp " + tree.file(".albert/builds/" + hash + "-gpu") + "/*:");
    assertThat(tree.runWithGpu("1", "params").err()).isEmpty();
    assertThat(tree.runWithGpu("system", "--gpu", "params").status()).isZero();
    assertThat(tree.runWithGpu("0", "params").out()).contains("/" + hash + "/*:");
    assertThat(tree.folders()).containsExactly(hash, hash + "-gpu", hash + "-gpu-system");
    assertThat(Files.readAllLines(tree.file("builds")))
        .satisfiesExactly(
            cpu -> assertThat(cpu).contains(" -Plauncher "),
            maven -> assertThat(maven).contains(" -Plauncher,gpu,cuda "),
            system -> assertThat(system).contains(" -Plauncher,gpu "));
    tree.write("experiments/src/main/java/A.java", "");
    tree.run("params");
    assertThat(tree.folders()).as("builds of other sources are gone").hasSize(1);
    LauncherTree.Ended wrong = tree.runWithGpu("yes", "params");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualTo("albert: ALBERT_GPU is 'yes', allowed are 0, 1 and system (see docs/gpu.md)\n");
  }

  @Test
  void studiesTimesAndEditorsFilesBuildNothing() throws Exception {
    tree.run();
    tree.write("experiments/studies/b.yaml", "study: b");
    Files.delete(tree.file("experiments/studies/a.yaml"));
    tree.write("experiments/src/main/java/.A.java.swp", "");
    tree.write("experiments/src/main/java/A.java~", "");
    tree.write("experiments/src/test/java/ATest.java", "class ATest {}");
    tree.write("experiments/target/classes/A.class", "");
    Files.setLastModifiedTime(
        tree.file("experiments/src/main/java/A.java"), FileTime.from(Instant.now().plusSeconds(9)));
    assertThat(tree.run().err()).isEmpty();
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void everyChangeOfASourceBuilds() throws Exception {
    tree.run();
    Path source = tree.file("experiments/src/main/java/A.java");
    Files.writeString(source, "class A { }");
    Files.setLastModifiedTime(source, FileTime.from(LONG_AGO));
    tree.run();
    assertThat(tree.builds()).as("an older file").isEqualTo(2);
    Files.delete(tree.file("experiments/src/main/java/B.java"));
    tree.run();
    assertThat(tree.builds()).as("a deleted file").isEqualTo(3);
    tree.write("experiments/src/main/resources/b.txt", "b");
    tree.run();
    assertThat(tree.builds()).as("a new file").isEqualTo(4);
    tree.write("pom.xml", "<project>1</project>");
    tree.run();
    assertThat(tree.builds()).as("the pom").isEqualTo(5);
    assertThat(tree.folders()).as("builds that nobody uses are gone").hasSize(1);
  }

  /** Maven goes by times; what it made of an older content must not stay. */
  @Test
  void aChangedModuleStartsAfresh() throws Exception {
    tree.run();
    tree.write(".albert/maven/albert-experiments/classes/Stale.class", "");
    tree.write(".albert/maven/albert-model/classes/Kept.class", "");
    tree.write("model/pom.xml", "<project/>");
    tree.write("model/src/main/java/M.java", "");
    tree.run();
    assertThat(tree.file(".albert/maven/albert-experiments/classes/Stale.class")).exists();
    assertThat(tree.file(".albert/maven/albert-model/classes/Kept.class")).doesNotExist();
    tree.write("experiments/src/main/java/A.java", "");
    tree.run();
    assertThat(tree.file(".albert/maven/albert-experiments/classes/Stale.class")).doesNotExist();
  }

  @Test
  void aRunningProcessKeepsItsBuild() throws Exception {
    Process running = tree.start("hold");
    while (!Files.exists(tree.file("held"))) {
      assertThat(running.isAlive()).isTrue();
      Thread.sleep(20);
    }
    String used = tree.folders().get(0);
    Path jar = tree.file(".albert/builds/" + used + "/suite.jar");
    Object inode = Files.getAttribute(jar, "unix:ino");
    tree.write("experiments/src/main/java/A.java", "");
    assertThat(tree.run().status()).isZero();
    assertThat(tree.folders()).hasSize(2).contains(used);
    assertThat(Files.getAttribute(jar, "unix:ino")).isEqualTo(inode);
    tree.write("go", "");
    assertThat(LauncherTree.end(running).status()).isZero();
    tree.write("experiments/src/main/java/A.java", "1");
    tree.run();
    assertThat(tree.folders()).hasSize(1).doesNotContain(used);
  }

  @Test
  void aFailedBuildLeavesNothingBehind() throws Exception {
    tree.run();
    List<String> before = tree.folders();
    tree.write("broken", "");
    tree.write("experiments/src/main/java/A.java", "");
    LauncherTree.Ended failed = tree.run();
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .endsWith(
            "[ERROR] broken on purpose\nalbert: the build failed; see "
                + tree.file(".albert/build.log")
                + "\n");
    assertThat(tree.folders()).isEqualTo(before);
    Files.delete(tree.file("broken"));
    assertThat(tree.run().status()).isZero();
    assertThat(tree.builds()).isEqualTo(3);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    tree.write("slow", "");
    Process one = tree.start();
    Process other = tree.start();
    assertThat(LauncherTree.end(one).status()).isZero();
    assertThat(LauncherTree.end(other).status()).isZero();
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void missingLibrariesAreFetchedAgain() throws Exception {
    tree.run();
    Path library = tree.file("suite.jar");
    Path elsewhere = Files.move(library, tree.file("elsewhere.jar"));
    tree.program(
        "bin/mvn",
        Files.readString(tree.file("bin/mvn"))
            .replace("cp suite", "cp elsewhere.jar suite.jar; cp suite"));
    assertThat(elsewhere).exists();
    assertThat(tree.run().status()).isZero();
    assertThat(tree.builds()).isEqualTo(2);
    assertThat(library).exists();
  }

  /**
   * As in containers; the tests' own Java may not know UTF-8 either, so a script names the file.
   */
  @Test
  void aPathWithOtherLettersIsFoundInTheLocaleC() throws Exception {
    Files.copy(Tokenizers.bundledBertUncasedFile(), tree.file("tokenizer.json"));
    tree.write("text.jsonl", "{\"text\": \"hello\"}\n");
    tree.write(
        "try.sh",
        """
        unset LANG LC_ALL LC_CTYPE
        [ -z "$1" ] || export LC_ALL=$1
        mkdir -p vocäb && cp tokenizer.json vocäb/
        ./albert tokenize --tokenizer vocäb/tokenizer.json --input text.jsonl || exit 3
        ./albert tokenize --tokenizer öde.json --input text.jsonl
        """);
    for (String locale : List.of("C", "")) {
      LauncherTree.Ended ended = LauncherTree.end(withJava("bash", "try.sh", locale).start());
      assertThat(ended.out()).isEqualTo("{\"ids\":[7592]}\n");
      assertThat(ended.err().lines().filter(line -> !line.startsWith("albert: building")))
          .singleElement()
          .asString()
          .startsWith("albert: ")
          .contains("öde.json");
      assertThat(ended.status()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"40, 60", "60, 60", "80, 80", "200, 120"})
  void helpIsAsWideAsColumnsSay(int columns, int widest) throws Exception {
    ProcessBuilder help = withJava(tree.file("albert").toString(), "run", "--help");
    help.environment().put("COLUMNS", Integer.toString(columns));
    LauncherTree.Ended ended = LauncherTree.end(help.start());
    assertThat(ended.status()).isZero();
    assertThat(ended.out().lines().mapToInt(String::length).max().orElse(0))
        .isBetween(widest - 12, widest);
  }

  /** The suite itself instead of the Java that prints its arguments. */
  private ProcessBuilder withJava(String... command) throws IOException {
    tree.write(
        "libraries",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    ProcessBuilder builder = tree.process(List.of(command));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
