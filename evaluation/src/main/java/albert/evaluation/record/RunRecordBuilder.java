package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link RunRecord}. Required: study, run id, config, provenance and timings; a run is
 * {@linkplain RunStatus#RUNNING running} unless said otherwise, and has no data, size or scores.
 */
public final class RunRecordBuilder {
  private @Nullable String study;
  private @Nullable String runId;
  private RunStatus status = RunStatus.RUNNING;
  private @Nullable String failureReason;
  private @Nullable SortedMap<String, Object> config;
  private SortedMap<String, Object> variant = new TreeMap<>();
  private long initSeed;
  private long dataSeed;
  private @Nullable Provenance provenance;
  private List<DataFingerprint> data = List.of();
  private @Nullable ModelSize size;
  private @Nullable Timings timings;
  private Performance performance = Performance.NOT_MEASURED;
  private List<Score> scores = List.of();
  private @Nullable ModelCosts costs;
  private List<String> notes = List.of();

  RunRecordBuilder() {}

  RunRecordBuilder(RunRecord from) {
    study = from.study();
    runId = from.runId();
    status = from.status();
    failureReason = from.failureReason();
    config = from.config();
    variant = from.variant();
    initSeed = from.initSeed();
    dataSeed = from.dataSeed();
    provenance = from.provenance();
    data = from.data();
    size = from.size();
    timings = from.timings();
    performance = from.performance();
    scores = from.scores();
    costs = from.costs();
    notes = from.notes();
  }

  /** Study and run id. */
  public RunRecordBuilder run(String study, String runId) {
    this.study = study;
    this.runId = runId;
    return this;
  }

  /** The resolved configuration. */
  public RunRecordBuilder config(Map<String, ?> config) {
    this.config = CanonicalJson.canonicalMap(config);
    return this;
  }

  /** The varied keys alone. */
  public RunRecordBuilder variant(Map<String, ?> variant) {
    this.variant = CanonicalJson.canonicalMap(variant);
    return this;
  }

  /** Both seeds. */
  public RunRecordBuilder seeds(long initSeed, long dataSeed) {
    this.initSeed = initSeed;
    this.dataSeed = dataSeed;
    return this;
  }

  /** What makes the run. */
  public RunRecordBuilder provenance(Provenance provenance) {
    this.provenance = provenance;
    return this;
  }

  /** What it reads. */
  public RunRecordBuilder data(List<DataFingerprint> data) {
    this.data = data;
    return this;
  }

  /** The model's size. */
  public RunRecordBuilder size(ModelSize size) {
    this.size = size;
    return this;
  }

  /** What the model's shape costs. */
  public RunRecordBuilder costs(ModelCosts costs) {
    this.costs = costs;
    return this;
  }

  /** What a person should know of it. */
  public RunRecordBuilder notes(List<String> notes) {
    this.notes = notes;
    return this;
  }

  /** When and how long. */
  public RunRecordBuilder timings(Timings timings) {
    this.timings = timings;
    return this;
  }

  /** How fast. */
  public RunRecordBuilder performance(Performance performance) {
    this.performance = performance;
    return this;
  }

  /** The run begins, or is repeated: no reason of failure and no scores. */
  public RunRecordBuilder running() {
    status = RunStatus.RUNNING;
    failureReason = null;
    scores = List.of();
    return this;
  }

  /** The run is done, with these results. */
  public RunRecordBuilder finished(List<Score> scores) {
    status = RunStatus.FINISHED;
    failureReason = null;
    this.scores = scores;
    return this;
  }

  /** The run failed; it has no scores. */
  public RunRecordBuilder failed(String reason) {
    status = RunStatus.FAILED;
    failureReason = Require.text("failure_reason", reason);
    scores = List.of();
    return this;
  }

  /**
   * The record.
   *
   * @throws IllegalArgumentException if something required is missing, or parts contradict
   */
  public RunRecord build() {
    return new RunRecord(
        RunRecord.SCHEMA_VERSION,
        Require.present("study", study),
        Require.present("run_id", runId),
        status,
        failureReason,
        Require.present("config", config),
        variant,
        initSeed,
        dataSeed,
        Require.present("provenance", provenance),
        data,
        size,
        Require.present("timings", timings),
        performance,
        scores,
        costs,
        notes);
  }
}
