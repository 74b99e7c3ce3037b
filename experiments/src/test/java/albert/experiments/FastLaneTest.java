package albert.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of slow tests, which {@code -Dfast} leaves out, speaks of tests that exist. */
final class FastLaneTest {
  private static final Path ROOT = Path.of("..");

  /** The test sources of all modules, from their packages on. */
  private static List<Path> tests() throws IOException {
    List<Path> tests = new ArrayList<>();
    for (String module : List.of("evaluation", "datasets", "model", "reports", "experiments")) {
      Path sources = ROOT.resolve(module).resolve("src/test/java");
      try (Stream<Path> files = Files.walk(sources)) {
        files.filter(Files::isRegularFile).map(sources::relativize).forEach(tests::add);
      }
    }
    return tests;
  }

  private static List<String> patterns() throws IOException {
    return Files.readAllLines(ROOT.resolve("testing/slow-tests.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  @Test
  void everyPatternIsOfATest() throws IOException {
    List<Path> tests = tests();
    assertThat(patterns())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allSatisfy(
            pattern -> {
              PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
              assertThat(tests).anyMatch(matcher::matches);
            });
  }

  @Test
  void theRulesOfTheHouseStayInTheFastLane() throws IOException {
    Path architecture = Path.of("albert/experiments/ArchitectureTest.java");
    assertThat(tests()).contains(architecture);
    assertThat(patterns())
        .noneMatch(
            pattern ->
                FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(architecture));
  }
}
