package albert.reports.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.evaluation.record.RecordFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhFileTest {
  /** As JMH 1.37 writes them, raw data and warm-up shortened. */
  private static final String TWO =
      """
      [
          {
              "jmhVersion" : "1.37",
              "benchmark" : "org.example.Sorting.quick",
              "mode" : "sample",
              "threads" : 1,
              "forks" : 2,
              "jvmArgs" : [
              ],
              "measurementIterations" : 5,
              "params" : {
                  "size" : "1000",
                  "order" : "random"
              },
              "primaryMetric" : {
                  "score" : 12.5,
                  "scoreError" : 0.25,
                  "scoreConfidence" : [12.25, 12.75],
                  "scorePercentiles" : {
                      "0.0" : 11.0,
                      "50.0" : 12.0,
                      "90.0" : 14,
                      "95.0" : 15.0,
                      "99.0" : 16.5,
                      "100.0" : 20.0
                  },
                  "scoreUnit" : "ms/op",
                  "rawDataHistogram" : [[[[11.0, 1]]]]
              },
              "secondaryMetrics" : {
              }
          },
          {
              "benchmark" : "org.example.Sorting.once",
              "mode" : "thrpt",
              "forks" : 0,
              "measurementIterations" : 1,
              "primaryMetric" : {
                  "score" : 7,
                  "scoreError" : "NaN",
                  "scorePercentiles" : {},
                  "scoreUnit" : "ops/s"
              }
          }
      ]
      """;

  @TempDir private Path folder;

  @Test
  void readsWhatJmhWrites() throws IOException {
    assertThat(JmhFile.read(file(TWO)))
        .containsExactly(
            new JmhResult(
                "jmh.json",
                "org.example.Sorting.quick",
                Map.of("size", "1000", "order", "random"),
                JmhResult.Mode.SAMPLE_TIME,
                12.5,
                0.25,
                "ms/op",
                2,
                5,
                new JmhResult.Percentiles(12, 14, 16.5)),
            new JmhResult(
                "jmh.json",
                "org.example.Sorting.once",
                Map.of(),
                JmhResult.Mode.THROUGHPUT,
                7,
                null,
                "ops/s",
                0,
                1,
                null));
    assertThat(JmhFile.read(file(TWO)).get(0).params().keySet()).containsExactly("size", "order");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          "mode" : "sample"          | "mode" : "fast"      | benchmark 1: mode is "fast", allowed are [thrpt, avgt, sample, ss]
          "mode" : "thrpt",          | ``                   | benchmark 2: mode is missing, needed is a text
          "score" : 12.5             | "score" : "12.5"     | benchmark 1, primaryMetric: score is "12.5", needed is a number
          "score" : 12.5             | "score" : "NaN"      | benchmark 1, primaryMetric: score is "NaN", needed is a number
          "scoreError" : 0.25        | "scoreError" : null  | benchmark 1, primaryMetric: scoreError is null
          "scoreUnit" : "ops/s"      | "scoreUnit" : 1      | benchmark 2, primaryMetric: scoreUnit is 1, needed is a text
          "forks" : 2                | "forks" : -2         | benchmark 1: forks is -2, needed is a count
          "forks" : 2                | "forks" : 2.5        | benchmark 1: forks is 2.5, needed is a count
          "size" : "1000"            | "size" : {}          | benchmark 1, params: size is an empty object, needed is a text
          "50.0" : 12.0,             | ``                   | benchmark 1, primaryMetric, scorePercentiles: 50.0 is missing
          "benchmark" : "org.example.Sorting.once" | "benchmark" : ["x"] | benchmark 2: benchmark is an array, needed is a text
          "forks" : 2,               | "forks" : 2, "forks" : 2, | line 7: key 'forks' is repeated
          """,
      delimiter = '|')
  void aFileThatIsNotOfJmhIsRefusedByName(String there, String instead, String problem)
      throws IOException {
    assertThat(TWO).contains(there);
    refused(TWO.replace(there, instead), problem);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          {"benchmark": "x"} | an object, needed is an array of benchmarks
          []                 | an empty array, needed is an array of benchmarks
          null               | null, needed is an array of benchmarks
          [1]                | benchmark 1: mode is missing
          [] []              | line 1
          [{                 | line 1
          """,
      delimiter = '|')
  void whatIsNoArrayOfBenchmarksIsRefused(String text, String problem) throws IOException {
    refused(text, problem);
  }

  private void refused(String text, String problem) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> JmhFile.read(file))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(problem);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("jmh.json"), text);
  }
}
