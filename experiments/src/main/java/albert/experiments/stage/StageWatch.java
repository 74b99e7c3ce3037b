package albert.experiments.stage;

import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Measures the stages of a run, which follow one another, and passes on what happens in them. */
public final class StageWatch {

  private final StageListener listener;
  private final LongSupplier nanos;
  private final Map<Stage, StageSeconds> sums = new LinkedHashMap<>();
  private @Nullable Stage stage;
  private long begun;
  private long steps;

  /**
   * @param listener hears of all
   * @param nanos a clock of nanoseconds
   */
  public StageWatch(StageListener listener, LongSupplier nanos) {
    this.listener = listener;
    this.nanos = nanos;
  }

  /** One that measures for itself. */
  public static StageWatch alone() {
    return new StageWatch(StageListener.NOBODY, System::nanoTime);
  }

  /** A stage begins or goes on; the one before ends by that. */
  public void begin(Stage next, String label, long all, long done) {
    end();
    stage = next;
    steps = 0;
    begun = nanos.getAsLong();
    listener.stageBegan(next, label, all, done);
  }

  /** Steps of the stage are done. */
  public void step(long more) {
    steps += more;
    listener.stageStepped(more);
  }

  /** Ends the stage at work, if there is one. */
  public void end() {
    Stage ended = stage;
    if (ended != null) {
      stage = null;
      StageSeconds part = new StageSeconds(ended, steps, (nanos.getAsLong() - begun) * 1e-9);
      add(part);
      listener.stageEnded(part);
    }
  }

  /** Adds what an earlier part of the work took, before it was broken off. */
  public void add(StageSeconds part) {
    sums.merge(
        part.stage(),
        part,
        (one, other) ->
            new StageSeconds(
                one.stage(), one.steps() + other.steps(), one.seconds() + other.seconds()));
  }

  /** What the stages took so far, in the order in which they began first. */
  public List<StageSeconds> seconds() {
    return new ArrayList<>(sums.values());
  }
}
