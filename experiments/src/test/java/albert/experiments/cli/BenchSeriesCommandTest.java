package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.reports.benchmark.BenchFile;
import albert.reports.benchmark.BenchPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps and the suite, on models that are as small as can be; never how fast they are. */
final class BenchSeriesCommandTest {
  private static final List<String> SWEEP =
      List.of(
          ("bench --sweep threads --preset mini-albert --num-hidden-layers 1 --hidden-size 64"
                  + " --num-attention-heads 1 --vocab-size 100 --batch 2 --sequence 16 --threads 1"
                  + " --precision float32 --device cpu --seconds 0.01 --warmups 0 --repeats 2")
              .split(" ", -1));

  @TempDir private Path folder;

  @Test
  void aSweepMeasuresComparesAndRepeatsNothing() throws IOException {
    Path output = folder.resolve("sweep");
    Cli cli = sweep(output);
    assertThat(cli.status()).as(cli.err()).isZero();
    List<BenchPoint> points = BenchFile.read(output.resolve("bench.jsonl"));
    assertThat(points).hasSize(threadsOfThisMachine());
    assertThat(points)
        .allSatisfy(
            point -> {
              assertThat(point.repeats()).isGreaterThanOrEqualTo(2);
              assertThat(point.peakRssMb()).isGreaterThan(50);
            });
    assertThat(cli.out()).contains("around mini-albert (L 1, H 64, V 100), forward, 2 x 16");
    assertThat(cli.out().lines()).last().asString().endsWith("bench.md");
    assertThat(output.resolve("bench.md")).exists();

    Path faster = folder.resolve("faster.jsonl");
    BenchFile.write(faster, points.stream().map(p -> times(p, 0.5)).toList());
    Cli again = sweep(output, "--compare", faster.toString(), "--tolerance", "1.5");
    assertThat(again.err().lines())
        .hasSize(points.size())
        .allMatch(line -> line.startsWith("albert: slower: mini-albert"));
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.out()).contains("| 2.00 |");
    assertThat(BenchFile.read(output.resolve("bench.jsonl"))).isEqualTo(points);
    assertThat(sweep(output, "--compare", faster.toString(), "--tolerance", "2.5").status())
        .isZero();
  }

  @Test
  void anInterruptedSweepKeepsItsPointsAndLeavesNoProcess() throws Exception {
    Path log = folder.resolve("log.txt");
    Path output = folder.resolve("sweep");
    List<String> arguments = new ArrayList<>(SWEEP);
    arguments.set(arguments.indexOf("threads"), "batch");
    arguments.addAll(List.of("--output", output.toString()));
    Process sweep = Cli.start(log, arguments.toArray(String[]::new));
    try {
      while (sweep.isAlive() && !Files.readString(log).contains("[2/6]")) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      List<ProcessHandle> others = sweep.descendants().toList();
      sweep.destroy();
      assertThat(sweep.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(others).noneMatch(ProcessHandle::isAlive);
    } finally {
      sweep.destroyForcibly();
    }
    assertThat(log)
        .content()
        .contains("interrupted; measured points are kept, the same command continues: ./albert b");
    assertThat(BenchFile.read(output.resolve("bench.jsonl"))).hasSizeBetween(2, 5);
    assertThat(output.resolve("bench.md")).doesNotExist();
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeWork() throws IOException {
    Path other = folder.resolve("other.jsonl");
    String line = "{\"schema_version\":1,\"program\":\"T\",\"machine\":\"M\",\"setting\":";
    String setting =
        "{\"model\":\"m\",\"mode\":\"train\",\"device\":\"cpu\",\"precision\":\"float32\","
            + "\"threads\":1,\"batch\":1,\"sequence\":1,\"architecture\":{}}";
    Files.writeString(
        other,
        line + setting + ",\"median_ms\":1,\"p90_ms\":1,\"peak_rss_mb\":null,\"repeats\":1}\n");
    Path output = folder.resolve("sweep");
    assertRefused(
        sweep(output, "--compare", other.toString()),
        "has no point of this series: its first is m (L 0, H 0, V 0), train, 1 x 1");
    Files.writeString(other, "{}\n");
    assertRefused(sweep(output, "--compare", other.toString()), "line 1: missing key");
    Files.createDirectories(output);
    Files.writeString(output.resolve("bench.jsonl"), "x\n");
    assertRefused(sweep(output), "--output has a broken file");
  }

  @Test
  void theSuiteIsTriedWithoutAGpu() throws IOException {
    Path output = folder.resolve("suite");
    Cli cli =
        Cli.run(
            ("bench --gpu-suite --tiny --device cpu --threads 1 --mode train --precision float32"
                    + " --seconds 0.01 --warmups 0 --repeats 1 --json --output "
                    + output)
                .split(" ", -1));
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(BenchFile.read(output.resolve("bench.jsonl")))
        .extracting(point -> point.setting().model())
        .containsExactly("albert-base", "bert-base", "bert-large", "albert-xxlarge");
    assertThat(cli.out()).contains("\"notes\" : [ ]");
    Cli skipped =
        Cli.run(
            ("bench --gpu-suite --tiny --device cpu --threads 1 --precision float16 --output "
                    + folder.resolve("half"))
                .split(" ", -1));
    assertThat(skipped.err())
        .contains("a CPU has no instructions for float16 products")
        .contains("no point could be measured");
    assertThat(skipped.status()).isEqualTo(1);
  }

  private static void assertRefused(Cli cli, String words) {
    assertThat(cli.err()).contains(words).hasLineCount(1);
    assertThat(cli.status()).isEqualTo(2);
  }

  private static Cli sweep(Path output, String... more) {
    List<String> arguments = new ArrayList<>(SWEEP);
    arguments.addAll(List.of("--output", output.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static BenchPoint times(BenchPoint point, double factor) {
    return new BenchPoint(
        point.schemaVersion(),
        "other",
        point.machine(),
        point.setting(),
        point.medianMs() * factor,
        point.p90Ms(),
        point.peakRssMb(),
        point.repeats());
  }

  /** Powers of two below, and all. */
  private static int threadsOfThisMachine() {
    int cores = Runtime.getRuntime().availableProcessors();
    return (int) IntStream.iterate(1, n -> n < cores, n -> 2 * n).count() + 1;
  }
}
