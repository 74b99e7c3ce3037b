package albert.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.InputException;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.reports.benchmark.BenchCase;
import albert.reports.benchmark.BenchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series with a runner that only pretends to measure. */
final class BenchSeriesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final PointListener NOBODY = (done, all, planned, measured, why, left) -> {};

  @TempDir private Path folder;
  private final List<String> measured = new ArrayList<>();
  private final StopSignal stop = new StopSignal();
  private final AtomicLong clock = new AtomicLong();

  @Test
  void goesOnWhereItWasBrokenOff() throws IOException {
    BenchSeries series = series(plan(1, 2, 3), true);
    PointRunner stopsAtThird =
        (options, limit) -> {
          if (measured.size() == 2) {
            stop.raise();
            stop.check();
          }
          return measure(options);
        };
    assertThatThrownBy(() -> run(series, stopsAtThird)).isInstanceOf(StoppedException.class);
    assertThat(BenchFile.read(series.file())).hasSize(2);
    BenchSeries.Outcome rest =
        series.run((o, limit) -> measure(o), NOBODY, new TimeBox(0, clock::get), new StopSignal());
    assertThat(measured).containsExactly("b1", "b2", "b3");
    assertThat(rest.points()).hasSize(3).isEqualTo(BenchFile.read(series.file()));
    assertThat(rest.failed()).isZero();
  }

  @Test
  void whatCantBeMeasuredIsNamedAndTheRestIsMeasured() throws IOException {
    List<PlannedPoint> plan = new ArrayList<>(plan(1, 2, 3));
    plan.add(new PlannedPoint(setting(4), List.of("b4"), "it needs 5 GB"));
    PointRunner runner =
        (options, limit) -> {
          if (options.contains("b2")) {
            throw new PointException("broken", false);
          }
          if (options.contains("b3")) {
            throw new PointException("out of memory", true);
          }
          return measure(options);
        };
    BenchSeries.Outcome outcome = run(series(plan, true), runner);
    assertThat(measured).containsExactly("b1");
    assertThat(outcome.failed()).isEqualTo(1);
    assertThat(outcome.notes())
        .hasSize(3)
        .satisfiesExactly(
            note -> assertThat(note).endsWith(": broken").contains("2 x 16"),
            note -> assertThat(note).endsWith(": out of memory"),
            note -> assertThat(note).endsWith(": it needs 5 GB"));
  }

  @Test
  void withoutItsCentreThereIsNoSweep() {
    PointRunner broken =
        (options, limit) -> {
          throw new PointException("broken", false);
        };
    assertThatThrownBy(() -> run(series(plan(1, 2), true), broken))
        .isInstanceOf(IOException.class)
        .hasMessage("the centre of the sweep can't be measured: broken");
  }

  /** 100 seconds for five points that take 30 each: two fifths, then two quarters of 70. */
  @Test
  void aPointGetsTwiceItsShareOfTheTimeThatIsLeft() throws IOException {
    List<Double> limits = new ArrayList<>();
    PointRunner slow =
        (options, limit) -> {
          limits.add(limit);
          clock.addAndGet(30 * SECOND);
          return measure(options);
        };
    BenchSeries.Outcome outcome =
        series(plan(1, 2, 3, 4, 5), false).run(slow, NOBODY, new TimeBox(100, clock::get), stop);
    assertThat(limits).containsExactly(40.0, 35.0, 80 / 3.0, 10.0);
    assertThat(outcome.notes()).hasSize(1).first().asString().contains("the time was over");
    assertThat(outcome.failed()).isZero();
  }

  @Test
  void pointsOfAnotherSeriesAreRefused() throws IOException {
    run(series(plan(1, 2), true), (options, limit) -> measure(options));
    assertThatThrownBy(() -> series(plan(2, 1), true).kept())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 x 16")
        .hasMessageContaining("needed is a new folder in --output");
    assertThat(series(plan(2, 1), false).kept()).hasSize(2);
    BenchSeries other =
        new BenchSeries(folder.resolve("bench.jsonl"), "albert 2", "CPU", plan(1), true);
    assertThatThrownBy(other::kept).hasMessageContaining("albert 1 on CPU");
  }

  private BenchSeries series(List<PlannedPoint> plan, boolean centred) {
    return new BenchSeries(folder.resolve("bench.jsonl"), "albert 1", "CPU", plan, centred);
  }

  private BenchSeries.Outcome run(BenchSeries series, PointRunner runner) throws IOException {
    return series.run(runner, NOBODY, new TimeBox(0, clock::get), stop);
  }

  private ThroughputProbe.Measurement measure(List<String> options) {
    measured.addAll(options);
    return new ThroughputProbe.Measurement(1, 2, 3, 4.0, "float32", "cpu", 5, 1, 6);
  }

  private static List<PlannedPoint> plan(int... batches) {
    return IntStream.of(batches)
        .mapToObj(batch -> new PlannedPoint(setting(batch), List.of("b" + batch), ""))
        .toList();
  }

  private static BenchCase setting(int batch) {
    return new BenchCase("m", "train", "cpu", "float32", 1, batch, 16, new TreeMap<>());
  }
}
