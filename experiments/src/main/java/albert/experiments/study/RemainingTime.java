package albert.experiments.study;

import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.config.PlannedRun;
import albert.experiments.stage.StageEstimate;
import albert.experiments.stage.StageListener;
import albert.experiments.stage.TimeLeft;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a study, in seconds: every stage by its estimate, whatever its steps are. The
 * estimate of a stage at work gives way to its own pace the further it is; what stages took so far,
 * beside what was expected of them, corrects the estimates of those of the same kind to come.
 */
public final class RemainingTime implements StageListener {

  private static final double LEAST_CORRECTION = 0.1;
  private static final double MOST_CORRECTION = 10;

  private volatile Map<PlannedRun, List<StageEstimate>> runs;
  private final LongSupplier nanos;
  private final Set<PlannedRun> over = new HashSet<>();
  private final Set<String> startsThere = new HashSet<>();
  private final Map<Stage, Seen> seen = new EnumMap<>(Stage.class);

  private @Nullable PlannedRun run;
  private final Map<Stage, Long> doneOfRun = new EnumMap<>(Stage.class);
  private final Set<Stage> overOfRun = new HashSet<>();
  private @Nullable AtWork work;

  /** What stages of a kind took, and what was expected of them. */
  private record Seen(double took, double expected) {
    Seen plus(Seen other) {
      return new Seen(took + other.took, expected + other.expected);
    }
  }

  /**
   * The stage at work.
   *
   * @param from steps that were done when it began
   * @param begun on the clock
   */
  private record AtWork(Stage stage, long all, long from, long done, long begun) {}

  /**
   * @param runs estimates of the stages of every run that is not over; empty if nothing is known
   * @param nanos a clock of nanoseconds
   */
  public RemainingTime(Map<PlannedRun, List<StageEstimate>> runs, LongSupplier nanos) {
    this.runs = new LinkedHashMap<>(runs);
    this.nanos = nanos;
  }

  /** Gives estimates that were not there at first; another thread may. */
  public void expect(Map<PlannedRun, List<StageEstimate>> estimates) {
    runs = new LinkedHashMap<>(estimates);
  }

  /** A run begins. */
  public void started(PlannedRun next) {
    run = next;
    work = null;
    doneOfRun.clear();
    overOfRun.clear();
  }

  /** A run is over, here or elsewhere. */
  public void over(PlannedRun done) {
    over.add(done);
    if (done.equals(run)) {
      run = null;
      work = null;
    }
  }

  @Override
  public void stageBegan(Stage stage, String label, long all, long done) {
    work = new AtWork(stage, all, done, done, nanos.getAsLong());
    doneOfRun.merge(stage, done, Math::max);
    if (stage == Stage.FILES) {
      overOfRun.add(Stage.TRAINING); // it may have ended early
    }
    for (StageEstimate estimate : ofRun()) {
      boolean before = !stage.isShared() || estimate.stage().compareTo(stage) < 0;
      if (estimate.start() != null && before) {
        startsThere.add(estimate.start()); // whoever made it
      }
    }
  }

  @Override
  public void stageStepped(long steps) {
    AtWork now = work;
    if (now != null) {
      work = new AtWork(now.stage, now.all, now.from, now.done + steps, now.begun);
      doneOfRun.merge(now.stage, steps, Long::sum);
    }
  }

  @Override
  public void stageEnded(StageSeconds part) {
    boolean comesAgain = part.stage() == Stage.TRAINING || part.stage() == Stage.EVALUATION;
    estimate(part.stage())
        .ifPresent(
            of -> {
              double expected = of.seconds() * (comesAgain ? of.share(part.steps()) : 1);
              seen.merge(part.stage(), new Seen(part.seconds(), expected), Seen::plus);
              if (of.start() != null) {
                startsThere.add(of.start());
              }
            });
    if (!comesAgain) {
      overOfRun.add(part.stage());
    }
    work = null;
  }

  /** What is left now. */
  public TimeLeft left() {
    Double stage = ofStage();
    PlannedRun now = run;
    if (runs.isEmpty() || (now != null && !runs.containsKey(now))) {
      return new TimeLeft(stage, null, null);
    }
    Set<String> counted = new HashSet<>(startsThere);
    double current = 0;
    for (StageEstimate estimate : ofRun()) {
      if (isNew(estimate, counted)) {
        current += ofRun(estimate, stage);
      }
    }
    double all = current;
    for (Map.Entry<PlannedRun, List<StageEstimate>> entry : runs.entrySet()) {
      if (!over.contains(entry.getKey()) && !entry.getKey().equals(now)) {
        for (StageEstimate estimate : entry.getValue()) {
          all += isNew(estimate, counted) ? corrected(estimate, estimate.secondsLeft()) : 0;
        }
      }
    }
    return new TimeLeft(stage, now == null ? null : (Double) current, all);
  }

  /** A shared start counts once, with the run that needs it first. */
  private static boolean isNew(StageEstimate estimate, Set<String> counted) {
    return estimate.start() == null || counted.add(estimate.start());
  }

  /** Of a stage of the run at work. */
  private double ofRun(StageEstimate estimate, @Nullable Double ofStage) {
    AtWork now = work;
    if (overOfRun.contains(estimate.stage())) {
      return 0;
    }
    long done = Math.max(estimate.done(), doneOfRun.getOrDefault(estimate.stage(), 0L));
    if (now == null || now.stage != estimate.stage() || ofStage == null) {
      return corrected(estimate, estimate.seconds() * estimate.share(estimate.steps() - done));
    }
    // its part at work, and parts to come
    long after = done + Math.max(0, now.all - now.done);
    double toCome = estimate.steps() == 0 ? 0 : estimate.share(estimate.steps() - after);
    return ofStage + corrected(estimate, estimate.seconds() * toCome);
  }

  /** Of the part at work: by its pace as far as it is, by its estimate as far as it is not. */
  private @Nullable Double ofStage() {
    AtWork now = work;
    if (now == null) {
      return null;
    }
    double passed = (nanos.getAsLong() - now.begun) * 1e-9;
    long left = Math.max(0, now.all - now.done);
    Optional<StageEstimate> estimate = estimate(now.stage);
    Double expected = null;
    if (estimate.isPresent()) {
      double whole = corrected(estimate.get(), estimate.get().seconds());
      expected =
          now.all == 0 || estimate.get().steps() == 0
              ? (Double) Math.max(0, whole - passed)
              : (Double) (whole * estimate.get().share(left));
    }
    if (now.done == now.from) {
      return expected;
    }
    double pace = passed / (now.done - now.from) * left;
    double share = now.all == 0 ? 0 : Math.min(1, (double) now.done / now.all);
    return expected == null ? (Double) pace : (Double) (share * pace + (1 - share) * expected);
  }

  private double corrected(StageEstimate estimate, double seconds) {
    Seen known = seen.get(estimate.stage());
    if (known == null || known.expected == 0) {
      return seconds;
    }
    double ratio = known.took / known.expected;
    return seconds * Math.max(LEAST_CORRECTION, Math.min(MOST_CORRECTION, ratio));
  }

  private Optional<StageEstimate> estimate(Stage stage) {
    return ofRun().stream().filter(estimate -> estimate.stage() == stage).findFirst();
  }

  private List<StageEstimate> ofRun() {
    PlannedRun now = run;
    return now == null ? List.of() : runs.getOrDefault(now, List.of());
  }
}
