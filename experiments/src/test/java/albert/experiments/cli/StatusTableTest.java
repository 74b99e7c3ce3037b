package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunProgress;
import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageProgress;
import albert.evaluation.record.StudyIndex;
import albert.experiments.cli.terminal.StageBar;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code status} says of runs. */
final class StatusTableTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private static RunProgress run(
      String id, RunProgress.State state, @Nullable StageProgress stage) {
    return new RunProgress(
        new StudyIndex.Entry(id, "sharing=all", 1, 1, 80), state, 0, null, null, stage);
  }

  private static String table(RunProgress... runs) {
    StringWriter out = new StringWriter();
    StatusTable.print("study", List.of(runs), new PrintWriter(out));
    return out.toString();
  }

  @Test
  void aRunAtWorkShowsItsStageAndWhatIsLeft() {
    StageProgress distils =
        new StageProgress(Stage.DISTILLATION, 120, 300, 65.0, 130.4, 3_700.0, NOW);
    assertThat(
            table(
                run("a", RunProgress.State.RUNNING, distils),
                run("b", RunProgress.State.TO_DO, null)))
        .startsWith("study: 1 to do, 1 running; about 62 min left")
        .contains("distillation 120 of 300 steps, 1:05 left; run 2:10");
  }

  @Test
  void severalProcessesShareWhatIsLeft() {
    StageProgress one = new StageProgress(Stage.TRAINING, 1, 80, 10.0, 20.0, 1_300.0, NOW);
    StageProgress other = new StageProgress(Stage.EVALUATION, 0, 9, 5.0, 9.0, 1_100.0, NOW);
    assertThat(
            table(
                run("a", RunProgress.State.RUNNING, one),
                run("b", RunProgress.State.RUNNING, other)))
        .startsWith("study: 2 running; about 10 min left")
        .contains("evaluation 0 of 9 sequences, 0:05 left; run 0:09");
  }

  @Test
  void whatIsUnknownIsLeftOut() {
    assertThat(StatusTable.stage(new StageProgress(Stage.COMPRESSION, 0, 0, null, null, null, NOW)))
        .isEqualTo("compression");
  }

  @Test
  void scoresSayWhatTheyAreOfAndOneProtocolIsShown() {
    assertThat(
            StatusTable.scores(
                List.of(
                    Score.of("mrpc", "accuracy", "dev", 0.7855, 408, "last"),
                    Score.absent("mrpc", "f1", "dev", "no positives", 408, "last"),
                    Score.of("mrpc", "accuracy", "dev", 0.8, 408, "best-on-dev of 3"),
                    Score.of("mrpc", "accuracy", "dev-half", 0.79, 200, "best-on-half of 3"),
                    Score.of("masked-lm", "accuracy", "held-out", 0.14, 408, "last"))))
        .isEqualTo("accuracy 0.7855, f1 undefined (dev, last)");
    assertThat(StatusTable.scores(List.of())).isEmpty();
  }

  @Test
  void timesAreShortForPeople() {
    assertThat(StageBar.clock(9.6)).isEqualTo("0:10");
    assertThat(StageBar.clock(3_725)).isEqualTo("1:02:05");
    assertThat(StageBar.message(null, "base, seed 1")).isEqualTo("base, seed 1");
    assertThat(StageBar.message(90.0, "base, seed 1")).isEqualTo("all 1:30, base, seed 1");
  }
}
