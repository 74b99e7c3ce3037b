package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import albert.reports.benchmark.BenchCase;
import albert.reports.benchmark.BenchComparison;
import albert.reports.benchmark.BenchFile;
import albert.reports.benchmark.BenchPoint;
import albert.reports.benchmark.BenchPoints;
import albert.reports.figure.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchReportTest {
  private static final Path PUBLISHED = Path.of("published", "sweep");
  private static final Path DOCS = Path.of("..", "docs");

  private static final BenchPoint CENTRE = BenchPoints.point(BenchPoints.of(8, 128), 20);
  private static final BenchPoint SMALL = BenchPoints.point(BenchPoints.of(1, 128), 0.5);

  @TempDir private Path folder;

  /** 1,024 tokens in 20 ms are 51,200 a second; 20 ms are half of 40 ms. */
  @Test
  void aSweepHasATableForEachAxis() {
    BenchReport report =
        new BenchReport(
            new BenchComparison(
                List.of(CENTRE, SMALL),
                List.of(BenchPoints.point(BenchPoints.of(8, 128), 40, "Torch <1>"))));
    assertThat(report.tables())
        .contains("### Batch\n\n| batch | median (ms) | p90 (ms) | n |")
        .contains("| 1 | 0.500 | 1.0 | 10 | 256,000 | 500 | – | – | – | – |")
        .contains("| 8 | 20.0 | 40.0 | 10 | 51,200 | 500 | 40.0 | 500 | 0.50 | 1.00 |")
        .doesNotContain("### Length");
    assertThat(report.caption())
        .isEqualTo(
            "around mini-albert (L 4, H 256, V 30000), train, 8 x 128, float32 on cpu, 2 threads;"
                + " CPU, 2 cores; albert 1; other: Torch \\<1\\> on CPU, 2 cores.");
    assertThat(report.figures())
        .extracting(Figure::name)
        .containsExactly("time-batch", "memory-batch");
  }

  @Test
  void aSuiteHasOneTable() {
    BenchCase first = CENTRE.setting();
    BenchCase same =
        new BenchCase("mini-bert", "train", "cpu", "float32", 2, 8, 128, first.architecture());
    BenchPoint other = BenchPoints.point(same, 3);
    BenchReport report = new BenchReport(new BenchComparison(List.of(CENTRE, other), List.of()));
    assertThat(report.tables())
        .startsWith("### Cases\n\n| model | mode | precision | median (ms) |")
        .contains("| mini-albert | train | float32 | 20.0 | 40.0 | 10 | 51,200 | 500 |");
    assertThat(report.figures()).isEmpty();
  }

  @Test
  void writesAllFiles() throws IOException {
    Path page =
        new BenchReport(new BenchComparison(List.of(CENTRE, SMALL), List.of()))
            .write(folder, List.of("only here: <b>"));
    assertThat(page).hasFileName("bench.md");
    assertThat(page)
        .content()
        .contains("\\<b\\>", "(figures/time-batch.svg)", "(figures/memory-batch.svg)");
    assertThat(folder.resolve("figures/time-batch.svg")).content().contains("median (ms)");
    assertThat(folder.resolve("bench.csv"))
        .content()
        .contains("model,mode,precision,batch,sequence,layers,hidden_size,vocabulary,threads")
        .contains("mini-albert,train,float32,1,128,4,256,30000,2,0.5,1.0,10,256000.0,500.0");
  }

  /** Tables and figures of docs/performance.md are those of the published points. */
  @Test
  void theDocumentationShowsThePublishedPoints() throws IOException {
    BenchReport report =
        new BenchReport(
            new BenchComparison(
                BenchFile.read(PUBLISHED.resolve("mini-albert-train.jsonl")),
                BenchFile.read(PUBLISHED.resolve("mini-albert-train-pytorch.jsonl"))));
    assertThat(DOCS.resolve("performance.md")).content().contains(report.caption());
    assertThat(DOCS.resolve("performance.md")).content().contains(report.tables());
    assertThat(report.figures()).hasSize(12);
    for (Figure figure : report.figures()) {
      assertThat(Files.readString(DOCS.resolve("performance").resolve(figure.name() + ".svg")))
          .isEqualTo(figure.standAlone());
    }
  }
}
