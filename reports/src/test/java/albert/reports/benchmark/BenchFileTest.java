package albert.reports.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchFileTest {
  private static final BenchPoint POINT = BenchPoints.point(BenchPoints.of(8, 128), 12.5);

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("bench.jsonl");
    List<BenchPoint> points =
        List.of(POINT, new BenchPoint(1, "p", "m", BenchPoints.of(1, 128), 0.25, 0.25, null, 1));
    BenchFile.write(file, points);
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(BenchFile.read(file)).isEqualTo(points);
  }

  /** As Python writes them: other blanks, 0.0 as it was, 1e-12 instead of 1.0E-12. */
  @Test
  void anotherWriterOfTheSameCaseIsRecognised() throws IOException {
    String line = new StrictJson().writeLine(POINT);
    String other = line.replace(":", ": ").replace("1.0E-12", "1e-12").replace("albert 1", "T");
    Path file = Files.writeString(folder.resolve("bench.jsonl"), other + "\n");
    assertThat(other).isNotEqualTo(line);
    assertThat(BenchFile.read(file).get(0).setting().isSameAs(POINT.setting())).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"median_ms\":12.5 | \"median_ms\":0 | line 1: median_ms is 0.0 and p90_ms 25.0, allowed",
        "\"repeats\":10 | \"repeats\":10,\"x\":1 | line 1: unknown key 'x'; allowed are",
        ",\"repeats\":10 | '' | line 1: missing key 'repeats'",
        "\"schema_version\":1 | \"schema_version\":2 | schema_version is 2, allowed is 1",
        "\"batch\":8 | \"batch\":0 | batch is 0, allowed are 1 and more",
      })
  void aLineThatIsNoPointIsNamed(String right, String wrong, String words) throws IOException {
    String line = new StrictJson().writeLine(POINT);
    assertThat(line).contains(right);
    Path file = Files.writeString(folder.resolve("a.jsonl"), line.replace(right, wrong) + "\n");
    assertThatThrownBy(() -> BenchFile.read(file))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(words);
  }

  @Test
  void aFileNeedsPointsAndOneOfEachCase() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
    assertThatThrownBy(() -> BenchFile.read(empty)).hasMessageContaining("it has no points");
    Path twice = folder.resolve("twice.jsonl");
    BenchFile.write(twice, List.of(POINT, BenchPoints.point(POINT.setting(), 7)));
    assertThatThrownBy(() -> BenchFile.read(twice))
        .hasMessageContaining("line 2: the same case as line 1");
  }
}
