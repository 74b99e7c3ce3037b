package albert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;

/**
 * The golden cases of a folder, by default the copy in the test resources; the system property
 * {@code golden.dir} names another with the same sub-folders.
 */
public final class GoldenCases {
  private static final double TOLERANCE = 1e-9;
  private static final double RELATIVE_TOLERANCE_OF_P = 1e-6;
  private static final double SMALLEST_P = 1e-290;

  private GoldenCases() {}

  /** A test for each line of the files {@code NAME*.jsonl}; no case is a failure. */
  public static List<DynamicTest> lines(String name, Consumer<JsonNode> check) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : entries(name + "*.jsonl")) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (!line.isBlank()) {
          JsonNode golden = read(line);
          String title = file.getFileName() + " " + golden.path("name").asText();
          tests.add(DynamicTest.dynamicTest(title, () -> check.accept(golden)));
        }
      }
    }
    assertThat(tests).as("cases in " + name + "*.jsonl").isNotEmpty();
    return tests;
  }

  /** The folders {@code NAME*}; none is a failure. */
  public static List<Path> folders(String name) throws IOException {
    List<Path> folders = entries(name + "*").stream().filter(Files::isDirectory).toList();
    assertThat(folders).as("folders " + name + "*").isNotEmpty();
    return folders;
  }

  /** A JSON file. */
  public static JsonNode json(Path file) throws IOException {
    return read(Files.readString(file, StandardCharsets.UTF_8));
  }

  /** A list of numbers. */
  public static double[] numbers(JsonNode list) {
    assertThat(list.isArray()).isTrue();
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  /** A list of integers. */
  public static int[] integers(JsonNode list) {
    assertThat(list.isArray()).isTrue();
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  /** A list of texts. */
  public static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::textValue).toList();
  }

  /** |got - expected| is at most 1e-9 · max(1, |expected|); NaN where null is expected. */
  public static void assertClose(String what, double got, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(got).as(what).isNaN();
      return;
    }
    assertThat(expected.isNumber()).as(what + " is expected").isTrue();
    double wanted = expected.doubleValue();
    assertThat(Math.abs(got - wanted))
        .as("%s: got %s, expected %s", what, got, wanted)
        .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(wanted)));
  }

  /** As {@link #assertClose}, and within a relative 1e-6 besides. */
  public static void assertProbability(double got, JsonNode expected) {
    assertClose("p", got, expected);
    double wanted = expected.doubleValue();
    if (!expected.isNull() && wanted >= SMALLEST_P) {
      assertThat(Math.abs(got - wanted) / wanted)
          .as("p: got %s, expected %s", got, wanted)
          .isLessThanOrEqualTo(RELATIVE_TOLERANCE_OF_P);
    }
  }

  private static List<Path> entries(String glob) throws IOException {
    String given = System.getProperty("golden.dir");
    Path folder =
        (given == null ? Path.of("src", "test", "resources", "golden") : Path.of(given))
            .resolve("metrics");
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
      stream.forEach(entries::add);
    }
    entries.sort(null);
    return entries;
  }

  private static JsonNode read(String json) throws IOException {
    return JsonMapper.builder().build().readTree(json);
  }
}
