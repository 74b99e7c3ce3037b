package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunProgressTest {
  @TempDir private Path root;

  private RunStore store() {
    return new RunStore(root);
  }

  private static StudyIndex.Entry entry(String runId) {
    return new StudyIndex.Entry(runId, "sharing=all", 1, 2, 100);
  }

  @Test
  void tellsWhatBecameOfEveryRun() throws IOException {
    new StudyIndex(List.of(entry("e"), entry("a"), entry("b"), entry("c"), entry("d")))
        .write(root.resolve("s"));
    store().write(Runs.finished("s", "a"));
    store().write(Runs.running("s", "b").failed("diverged").build());
    store().write(Runs.running("s", "c").build());
    store().write(Runs.running("s", "d").build());
    store().write(Runs.finished("s", "of-an-earlier-plan"));
    RunDirectory running = store().directory("s", "d");
    try (MetricsLog log = MetricsLog.openAfter(running.metrics(), 0)) {
      log.append(MetricsLine.of(10, Map.of("train_loss", 2.5)));
      log.append(MetricsLine.of(20, Map.of("train_loss", 1.5)));
    }
    Optional<RunLock> lock = RunLock.tryAcquire(running);
    List<RunProgress> progress = RunProgress.of(store(), "s");
    lock.orElseThrow().close();

    assertThat(progress)
        .extracting(run -> run.entry().runId())
        .containsExactly("e", "a", "b", "c", "d");
    assertThat(progress)
        .extracting(RunProgress::state)
        .containsExactly(
            RunProgress.State.TO_DO,
            RunProgress.State.FINISHED,
            RunProgress.State.FAILED,
            RunProgress.State.BROKEN_OFF,
            RunProgress.State.RUNNING);
    assertThat(progress.get(4).step()).isEqualTo(20);
    assertThat(progress.get(4).trainLoss()).isEqualTo(1.5);
    assertThat(progress).filteredOn(RunProgress::isOver).hasSize(2);
  }

  @Test
  void aRunAtWorkTellsItsStageAndWhatIsLeftOfIt() throws IOException {
    Instant at = Instant.parse("2026-01-31T12:00:00Z");
    StageProgress stage = new StageProgress(Stage.DISTILLATION, 120, 300, 65.0, 130.0, null, at);
    for (String run : List.of("broken", "running")) {
      store().write(Runs.running("s", run).build());
      stage.write(store().directory("s", run));
    }
    Optional<RunLock> lock = RunLock.tryAcquire(store().directory("s", "running"));
    List<RunProgress> progress = RunProgress.of(store(), "s");
    lock.orElseThrow().close();

    assertThat(progress).extracting(RunProgress::stage).containsExactly(null, stage);
    StageProgress later = progress.get(1).asOf(at.plusSeconds(100)).stage();
    assertThat(later)
        .isEqualTo(
            new StageProgress(Stage.DISTILLATION, 120, 300, 0.0, 30.0, null, at.plusSeconds(100)));
    StageProgress.remove(store().directory("s", "running"));
    assertThat(StageProgress.read(store().directory("s", "running"))).isEmpty();
    assertThatThrownBy(() -> new StageProgress(Stage.FILES, -1, 1, null, null, null, at))
        .hasMessageContaining("done is -1");
  }

  @Test
  void withoutAPlanThereAreTheRunsThatHaveBegun() throws IOException {
    assertThat(RunProgress.of(store(), "s")).isEmpty();
    store().write(Runs.finished("s", "a"));
    assertThat(RunProgress.of(store(), "s"))
        .extracting(RunProgress::state)
        .containsExactly(RunProgress.State.FINISHED);
  }

  @Test
  void aPlanIsReadStrictly() throws IOException {
    Path plan = root.resolve("plan.json");
    Files.writeString(plan, "{\"runs\": [{\"run_id\": \"../x\"}]}");
    assertThatThrownBy(() -> StudyIndex.read(root)).isInstanceOf(RecordFormatException.class);
    assertThat(StudyIndex.read(root.resolve("absent"))).isEmpty();
  }
}
