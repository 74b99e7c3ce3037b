package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run: the content of {@code run.json}. Made by {@link #builder()}; a later
 * state of the same run by {@link #toBuilder()}.
 *
 * <p>A failed run keeps its reason and has no score with a value. A finished run has a model size
 * and an end.
 *
 * @param schemaVersion version of this layout, {@link #SCHEMA_VERSION}
 * @param study name of the study, also of its folder
 * @param runId id of the run, also the name of its folder; see {@link RunId}
 * @param status how far it came
 * @param failureReason why it failed, in one line; null unless it failed
 * @param config the resolved configuration, keys in snake case; values are texts, truth values,
 *     {@code Long}, {@code Double}, lists and maps of these
 * @param variant the keys of {@code config} that the study varies, with this run's values
 * @param initSeed seed of the initialisation
 * @param dataSeed seed of the order of the data
 * @param provenance what made it
 * @param data what it read
 * @param size how large the model is; null as long as it is not known
 * @param timings when and how long
 * @param performance how fast
 * @param scores its results; empty until there are some
 * @param costs what its shape costs; null where not counted
 * @param notes what a person should know of the run, a sentence each
 */
public record RunRecord(
    int schemaVersion,
    String study,
    String runId,
    RunStatus status,
    @Nullable String failureReason,
    SortedMap<String, Object> config,
    SortedMap<String, Object> variant,
    long initSeed,
    long dataSeed,
    Provenance provenance,
    List<DataFingerprint> data,
    @Nullable ModelSize size,
    Timings timings,
    Performance performance,
    List<Score> scores,
    @AddedLater @Nullable ModelCosts costs,
    @AddedLater @Nullable List<String> notes) {
  /** The version of the layout that this code reads and writes. */
  public static final int SCHEMA_VERSION = 1;

  public RunRecord {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "schema_version is " + schemaVersion + ", allowed is " + SCHEMA_VERSION);
    }
    FolderName.require("study", study);
    FolderName.require("run_id", runId);
    Require.present("status", status);
    config = CanonicalJson.canonicalMap(Require.present("config", config));
    variant = CanonicalJson.canonicalMap(Require.present("variant", variant));
    Require.present("provenance", provenance);
    data = List.copyOf(Require.present("data", data));
    Require.present("timings", timings);
    Require.present("performance", performance);
    scores = List.copyOf(Require.present("scores", scores));
    notes = notes == null ? List.of() : List.copyOf(notes);
    requireConsistent(status, failureReason, size, timings, scores);
  }

  /** What a person should know of the run, a sentence each; empty if there is nothing. */
  @Override
  public List<String> notes() {
    return notes == null ? List.of() : notes;
  }

  private static void requireConsistent(
      RunStatus status,
      @Nullable String failureReason,
      @Nullable ModelSize size,
      Timings timings,
      List<Score> scores) {
    if ((status == RunStatus.FAILED) != (failureReason != null)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "status is %s and failure_reason is '%s': a failed run has a reason, no other has",
              status,
              failureReason));
    }
    if (status == RunStatus.FAILED && scores.stream().anyMatch(s -> s.value() != null)) {
      throw new IllegalArgumentException("a failed run has a score with a value");
    }
    if (status == RunStatus.FINISHED && (size == null || timings.finished() == null)) {
      throw new IllegalArgumentException("a finished run needs size and timings.finished");
    }
  }

  /** The {@linkplain Score#headlines headlines} of its scores. */
  public List<Score> headlineScores() {
    return Score.headlines(scores);
  }

  /** An empty builder. */
  public static RunRecordBuilder builder() {
    return new RunRecordBuilder();
  }

  /** A builder that starts from this record. */
  public RunRecordBuilder toBuilder() {
    return new RunRecordBuilder(this);
  }
}
