package albert.evaluation.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the bootstrap's interval of the interquartile mean holds the truth, from how many runs
 * a task on. The whole table, into {@code target/bootstrap-coverage.md}: {@code mvn test -pl
 * evaluation -Dtest=StratifiedBootstrapCoverageTest -Dalbert.simulated.studies=3000} (an hour).
 */
final class StratifiedBootstrapCoverageTest {
  private static final int STUDIES = 250;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Means and standard deviations of normal scores. */
  private enum Scores {
    /** Tasks of different difficulty and equal spread. */
    SPREAD,
    /** The same with every other task's spread four times as wide. */
    UNEQUAL,
    /** All tasks alike. */
    CLOSE,
    /** Tasks that overlap, with spreads from one to four. */
    MIXED;

    double mean(double place) {
      return switch (this) {
        case SPREAD, UNEQUAL -> Math.pow(0.6 + 0.3 * place, 1.5);
        case CLOSE -> 0.8;
        case MIXED -> 0.79 + 0.03 * place;
      };
    }

    double deviation(int task, double place) {
      return switch (this) {
        case SPREAD, CLOSE -> 0.01;
        case UNEQUAL -> task % 2 == 0 ? 0.02 : 0.005;
        case MIXED -> 0.005 + 0.015 * place;
      };
    }

    List<double[]> draw(int tasks, int runs, SplittableRandom random) {
      List<double[]> drawn = new ArrayList<>();
      for (int t = 0; t < tasks; t++) {
        double mean = mean(t / (tasks - 1.0));
        double sd = deviation(t, t / (tasks - 1.0));
        drawn.add(
            random
                .doubles(runs)
                .map(u -> mean + sd * NORMAL.inverseCumulativeProbability(u))
                .toArray());
      }
      return drawn;
    }
  }

  @ParameterizedTest
  @CsvSource({"SPREAD, 3", "UNEQUAL, 8"})
  void threeRunsATaskAreTooFewAndThoseThatAreAskedForSuffice(Scores scores, int tasks) {
    assertThat(coverage(scores, tasks, 3, STUDIES)).isLessThan(0.90);
    double error = Math.sqrt(0.93 * 0.07 / STUDIES);
    assertThat(coverage(scores, tasks, StratifiedBootstrap.FEWEST_RUNS, STUDIES))
        .isGreaterThan(0.93 - 2 * error);
  }

  @Test
  void theWholeTable() throws Exception {
    int studies = Integer.getInteger("albert.simulated.studies", 1);
    List<String> lines = new ArrayList<>();
    lines.add("| scores | tasks | runs a task | covered |");
    lines.add("|---|---:|---:|---:|");
    for (Scores scores : Scores.values()) {
      for (int tasks : new int[] {3, 8}) {
        for (int runs : new int[] {3, 5, 10, 15, 20}) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "| %s | %d | %d | %.1f |",
                  scores.name().toLowerCase(Locale.ROOT),
                  tasks,
                  runs,
                  100 * coverage(scores, tasks, runs, studies)));
        }
      }
    }
    Files.write(Path.of("target", "bootstrap-coverage.md"), lines);
    assertThat(lines).hasSize(42);
  }

  private static double coverage(Scores scores, int tasks, int runs, int studies) {
    SplittableRandom random = new SplittableRandom(5);
    double truth =
        InterquartileMean.of(
            scores.draw(tasks, 100_000, random).stream().flatMapToDouble(Arrays::stream).toArray());
    int covered = 0;
    for (int i = 0; i < studies; i++) {
      Interval interval =
          StratifiedBootstrap.interval(
              scores.draw(tasks, runs, random), InterquartileMean::of, 0.95, i);
      covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    return (double) covered / studies;
  }
}
