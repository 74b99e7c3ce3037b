package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.stage.StageEstimate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a study where no bar can be drawn. */
final class ConsoleProgressTest {

  private static final PlannedRun RUN =
      new PlannedRun(
          "small",
          Settings.NONE,
          RunConfig.resolve(
              Settings.of(List.of(setting("task", "wordnet"), setting("preset", "mini-albert")))),
          new RunSeeds(1, 1));

  private final StringWriter err = new StringWriter();

  private static Setting setting(String key, String value) {
    return new Setting(ConfigKeys.find(key).orElseThrow(), value, "the test");
  }

  @Test
  void aStageHasALineWhenItBeginsAndOneWithItsSecondsWhenItEnds() {
    try (ConsoleProgress progress = new ConsoleProgress(new PrintWriter(err))) {
      progress.begun(2);
      progress.started(RUN);
      progress.stageBegan(Stage.PRETRAINING, "pretraining 0a1b, seed 1", 2_000, 500);
      progress.stageStepped(1_500);
      progress.stageEnded(new StageSeconds(Stage.PRETRAINING, 1_500, 61.26));
      progress.stageBegan(Stage.COMPRESSION, "merging the layers", 0, 0);
      progress.stageEnded(new StageSeconds(Stage.COMPRESSION, 0, 3.04));
      progress.stageBegan(Stage.TRAINING, "training", 80, 0);
      progress.stageEnded(new StageSeconds(Stage.TRAINING, 80, 11.7));
      progress.skipped(RUN, List.of(), "done by another process");
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "small, seed 1",
            "pretraining 0a1b, seed 1 (2,000 steps, from 500)",
            "  1,500 steps in 61.3 s",
            "merging the layers",
            "  3.0 s",
            "training (80 steps)",
            "  80 steps in 11.7 s",
            "[1/2] small, seed 1: done by another process");
  }

  @Test
  void whatIsLeftFollowsTheEstimates() {
    StageEstimate training = new StageEstimate(Stage.TRAINING, null, 80, 0, 20, "the test");
    try (ConsoleProgress progress =
        new ConsoleProgress(
            new PrintWriter(err), () -> Map.of(RUN, List.of(training)), Runnable::run)) {
      progress.begun(1);
      progress.started(RUN);
      assertThat(progress.left().study()).isEqualTo(20);
      progress.stageBegan(Stage.TRAINING, "training", 80, 40);
      assertThat(progress.left().run()).isEqualTo(10);
      progress.skipped(RUN, List.of(), "done by another process");
      assertThat(progress.left().study()).isZero();
    }
  }

  @Test
  void whatAStageIsForIsSaidOnceAndAVariantThatIsOverHasALine() {
    PlannedRun second = new PlannedRun(RUN.name(), RUN.variant(), RUN.config(), new RunSeeds(2, 2));
    StageEstimate training = new StageEstimate(Stage.TRAINING, null, 80, 0, 20, "the test");
    try (ConsoleProgress progress =
        new ConsoleProgress(
            new PrintWriter(err),
            () -> Map.of(RUN, List.of(training), second, List.of(training)),
            new VariantTable(List.of(RUN, second), null),
            (stage, config) -> "why " + config.task() + " has " + stage.words())) {
      progress.begun(2);
      progress.started(RUN);
      progress.stageBegan(Stage.TRAINING, "training", 80, 0);
      progress.stageEnded(new StageSeconds(Stage.TRAINING, 80, 11.7));
      progress.stageBegan(Stage.LATENCY, "latency", 20, 0);
      progress.stageEnded(new StageSeconds(Stage.LATENCY, 20, 0.5));
      progress.skipped(RUN, accuracy(0.5), "done by another process");
      progress.started(second);
      progress.stageBegan(Stage.LATENCY, "latency", 20, 0);
      progress.skipped(second, accuracy(0.7), "done by another process");
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "training, about 0:20: why wordnet has training",
            "small, seed 1",
            "training (80 steps)",
            "  80 steps in 11.7 s",
            "latency: why wordnet has latency",
            "latency (20 passes)",
            "  20 passes in 0.5 s",
            "[1/2] small, seed 1: done by another process",
            "small, seed 2",
            "latency (20 passes)",
            "[2/2] small, seed 2: done by another process",
            "small: 0.6000 ± 0.1414 accuracy (2 seeds)");
  }

  private static List<Score> accuracy(double value) {
    return List.of(Score.of("wordnet", "accuracy", "dev", value, 10, "last"));
  }
}
