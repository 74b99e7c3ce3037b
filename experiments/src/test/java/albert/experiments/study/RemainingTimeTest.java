package albert.experiments.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.stage.StageEstimate;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.TimeLeft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a study, by a clock that the test moves. */
final class RemainingTimeTest {

  private static final long SECOND = 1_000_000_000;

  private final PlannedRun first = run(1);
  private final PlannedRun second = run(2);
  private long now;
  private final RemainingTime remaining = new RemainingTime(estimates(), () -> now);
  private final StageWatch watch = new StageWatch(remaining, () -> now);

  private static PlannedRun run(long seed) {
    List<Setting> settings = new ArrayList<>();
    Map.of("task", "wordnet", "preset", "mini-albert")
        .forEach(
            (key, value) ->
                settings.add(new Setting(ConfigKeys.find(key).orElseThrow(), value, "the test")));
    return new PlannedRun(
        "", Settings.NONE, RunConfig.resolve(Settings.of(settings)), new RunSeeds(seed, seed));
  }

  /** 100 s that both share, and 20 + 10 + 1 s of each. */
  private Map<PlannedRun, List<StageEstimate>> estimates() {
    Map<PlannedRun, List<StageEstimate>> runs = new LinkedHashMap<>();
    for (PlannedRun run : List.of(first, second)) {
      runs.put(
          run,
          List.of(
              new StageEstimate(Stage.DISTILLATION, "shared", 300, 0, 100, "the test"),
              new StageEstimate(Stage.TRAINING, null, 80, 0, 20, "the test"),
              new StageEstimate(Stage.EVALUATION, null, 2_000, 0, 10, "the test"),
              new StageEstimate(Stage.FILES, null, 1, 0, 1, "the test")));
    }
    return runs;
  }

  private void pass(double seconds) {
    now += (long) (seconds * SECOND);
  }

  private double study() {
    return Objects.requireNonNull(remaining.left().study());
  }

  private double ofRun() {
    return Objects.requireNonNull(remaining.left().run());
  }

  private double ofStage() {
    return Objects.requireNonNull(remaining.left().stage());
  }

  @Test
  void whatRunsShareCountsOnce() {
    assertThat(study()).isEqualTo(100 + 2 * 31);
    remaining.started(first);
    assertThat(ofRun()).isEqualTo(131);
    assertThat(study()).isEqualTo(162);
  }

  @Test
  void stagesAreAddedInSecondsWhateverTheirStepsAre() {
    remaining.started(first);
    watch.begin(Stage.DISTILLATION, "distilling", 300, 0);
    assertThat(ofStage()).isEqualTo(100);
    pass(50);
    watch.step(150);
    assertThat(ofStage()).isEqualTo(50);
    assertThat(ofRun()).isEqualTo(50 + 31);
    assertThat(study()).isEqualTo(50 + 62);
    pass(50);
    watch.step(150);
    watch.begin(Stage.TRAINING, "training", 80, 0);
    assertThat(study()).isEqualTo(62);
  }

  @Test
  void theFirstSlowStepDoesNotSayThatAllAreSlow() {
    remaining.started(first);
    watch.begin(Stage.DISTILLATION, "distilling", 300, 0);
    pass(6);
    watch.step(1);
    // 299 steps of 6 s would be half an hour
    assertThat(ofStage()).isBetween(99.0, 106.0);
  }

  @Test
  void aStageAtWorkIsBelievedTheMoreTheFurtherItIs() {
    remaining.started(first);
    watch.begin(Stage.DISTILLATION, "distilling", 300, 0);
    double at = 0;
    for (int part = 0; part < 9; part++) {
      pass(20); // twice as long as estimated
      watch.step(30);
      at = (part + 1) / 10.0;
      assertThat(ofStage()).isCloseTo((1 - at) * (100 + 100 * at), within(1e-6));
    }
  }

  @Test
  void stagesToComeLearnFromThoseThatAreOver() {
    remaining.started(first);
    watch.begin(Stage.TRAINING, "training", 80, 0);
    pass(40); // 20 were estimated
    watch.step(80);
    watch.begin(Stage.EVALUATION, "evaluation", 2_000, 0);
    pass(10);
    watch.step(2_000);
    watch.begin(Stage.FILES, "files", 1, 0);
    pass(1);
    watch.end();
    remaining.over(first);
    assertThat(study()).isEqualTo(40 + 10 + 1);
  }

  @Test
  void trainingGoesOnAfterAnEvaluationAndIsNotCountedAgain() {
    remaining.started(first);
    watch.begin(Stage.TRAINING, "training", 80, 0);
    pass(10);
    watch.step(40);
    watch.begin(Stage.EVALUATION, "evaluation", 1_000, 0);
    assertThat(ofRun()).as("half of training, all evaluations").isEqualTo(10 + 10 + 1);
    pass(5);
    watch.step(1_000);
    watch.begin(Stage.TRAINING, "training", 80, 40);
    assertThat(ofRun()).isEqualTo(10 + 5 + 1);
    pass(10);
    watch.step(40);
    assertThat(ofRun()).isEqualTo(5 + 1);
    watch.begin(Stage.EVALUATION, "evaluation", 1_000, 0);
    pass(5);
    watch.step(1_000);
    watch.begin(Stage.FILES, "files", 1, 0);
    assertThat(ofRun()).isEqualTo(1);
    assertThat(watch.seconds())
        .containsExactly(
            new StageSeconds(Stage.TRAINING, 80, 20),
            new StageSeconds(Stage.EVALUATION, 2_000, 10));
  }

  @Test
  void whatWasDoneBeforeAnInterruptionIsNotLeft() {
    remaining.started(first);
    watch.begin(Stage.TRAINING, "training", 80, 60);
    assertThat(ofStage()).isEqualTo(5);
    assertThat(ofRun()).isEqualTo(5 + 10 + 1);
    pass(2.5);
    watch.step(10);
    assertThat(ofStage()).as("10 steps at the pace of the 10 here").isEqualTo(2.5);
  }

  @Test
  void aTrainingThatEndedEarlyIsOver() {
    remaining.started(first);
    watch.begin(Stage.TRAINING, "training", 80, 0);
    pass(10);
    watch.step(40);
    watch.begin(Stage.FILES, "files", 1, 0);
    assertThat(ofRun()).as("evaluations may come, training does not").isEqualTo(1 + 10);
  }

  @Test
  void whatAnotherProcessMadeOrRanIsNotLeft() {
    remaining.started(second);
    watch.begin(Stage.TRAINING, "training", 80, 0);
    assertThat(study()).as("the start is there: training has begun").isEqualTo(62);
    remaining.over(first);
    assertThat(study()).isEqualTo(31);
    remaining.over(second);
    assertThat(study()).isZero();
  }

  @Test
  void withoutEstimatesAStageHasItsPaceAndNothingElseIsKnown() {
    RemainingTime none = new RemainingTime(Map.of(), () -> now);
    none.started(first);
    none.stageBegan(Stage.TRAINING, "training", 80, 0);
    assertThat(none.left()).isEqualTo(TimeLeft.UNKNOWN);
    pass(10);
    none.stageStepped(20);
    assertThat(none.left()).isEqualTo(new TimeLeft(30.0, null, null));
  }

  @ParameterizedTest
  @CsvSource({"80, 0, 20", "80, 60, 5", "80, 80, 0", "0, 0, 20"})
  void stepsThatWereDoneAreNotLeftOfAnEstimate(long steps, long done, double left) {
    assertThat(new StageEstimate(Stage.TRAINING, null, steps, done, 20, "x").secondsLeft())
        .isEqualTo(left);
  }
}
