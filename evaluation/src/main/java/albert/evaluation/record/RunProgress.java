package albert.evaluation.record;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a run of a study is.
 *
 * @param entry which run
 * @param state what becomes of it
 * @param step training steps that were logged so far
 * @param trainLoss as logged last; null if there is none
 * @param record its record; null if it has not begun
 * @param stage the stage that it is in; null if no process is at it, or none has begun
 */
public record RunProgress(
    StudyIndex.Entry entry,
    State state,
    long step,
    @Nullable Double trainLoss,
    @Nullable RunRecord record,
    @Nullable StageProgress stage) {

  /** What becomes of a run. */
  public enum State {
    /** Nothing was done yet. */
    TO_DO("to do"),
    /** A process is at it. */
    RUNNING("running"),
    /** Its process ended before it did; the next one goes on. */
    BROKEN_OFF("broken off"),
    /** Done. */
    FINISHED("finished"),
    /** It failed, and its record says why. */
    FAILED("failed");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /** Whether there is nothing left to wait for. */
  public boolean isOver() {
    return state == State.FINISHED || state == State.FAILED;
  }

  /** As {@link #of(StudyFolder)}, of a study in a store. */
  public static List<RunProgress> of(RunStore store, String study) throws IOException {
    return of(store.study(study));
  }

  /** This progress as it is expected to be now. */
  public RunProgress asOf(Instant now) {
    return new RunProgress(
        entry, state, step, trainLoss, record, stage == null ? null : stage.asOf(now));
  }

  /**
   * The runs of a study, in its order; where no plan was left, those that have begun.
   *
   * @throws RecordFormatException if the plan, a record or a log is not in its format
   */
  public static List<RunProgress> of(StudyFolder study) throws IOException {
    Optional<StudyIndex> index = StudyIndex.read(study.path());
    List<StudyIndex.Entry> entries =
        index.isPresent()
            ? index.get().runs()
            : study.list().records().stream()
                .map(r -> new StudyIndex.Entry(r.runId(), "", r.initSeed(), r.dataSeed(), 0))
                .toList();
    List<RunProgress> progress = new ArrayList<>();
    for (StudyIndex.Entry entry : entries) {
      progress.add(of(study, entry));
    }
    return List.copyOf(progress);
  }

  private static RunProgress of(StudyFolder study, StudyIndex.Entry entry) throws IOException {
    RunDirectory directory = study.directory(entry.runId());
    Optional<RunRecord> record = study.read(entry.runId());
    if (record.isEmpty()) {
      return new RunProgress(entry, State.TO_DO, 0, null, null, null);
    }
    List<MetricsLine> lines =
        Files.exists(directory.metrics()) ? MetricsLog.read(directory.metrics()) : List.of();
    MetricsLine last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
    State state = state(record.get(), directory);
    return new RunProgress(
        entry,
        state,
        last == null ? 0 : last.step(),
        last == null ? null : last.values().get("train_loss"),
        record.get(),
        state == State.RUNNING ? StageProgress.read(directory).orElse(null) : null);
  }

  private static State state(RunRecord record, RunDirectory directory) throws IOException {
    return switch (record.status()) {
      case FINISHED -> State.FINISHED;
      case FAILED -> State.FAILED;
      case RUNNING -> RunLock.holder(directory).isPresent() ? State.RUNNING : State.BROKEN_OFF;
    };
  }
}
