package albert.experiments.compress;

import albert.evaluation.record.AddedLater;
import albert.evaluation.record.Provenance;
import albert.evaluation.record.StageSeconds;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a compression did and what each step of it lost, measured on texts that were held out.
 *
 * <p>A distance is the mean squared difference to the original's hidden states, as a part of their
 * mean square: 0 is equal, 1 is what all zeros would give.
 *
 * @param source the original
 * @param sourceSha256 over its weights
 * @param parameters of the original's encoder and pooler
 * @param compressedParameters of the result's
 * @param shape the result's embedding_size, sharing and groups
 * @param settings keys of the compression
 * @param text what was learnt from
 * @param scores of the original by metric; empty if nothing was scored
 * @param steps what each step left, in order
 * @param notes what else should be known
 * @param seconds of wall-clock time in all
 * @param stages how long each stage took, readings of texts and measurements included; null where
 *     an older version wrote this
 * @param execution what it ran on; null likewise
 */
public record CompressionReport(
    String source,
    String sourceSha256,
    long parameters,
    long compressedParameters,
    Map<String, Object> shape,
    Map<String, Object> settings,
    String text,
    SortedMap<String, Double> scores,
    List<Step> steps,
    List<String> notes,
    double seconds,
    @AddedLater @Nullable List<StageSeconds> stages,
    @AddedLater Provenance.@Nullable Execution execution) {

  /** Copies the lists. */
  public CompressionReport {
    stages = stages == null ? null : List.copyOf(stages);
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  /**
   * One step.
   *
   * @param name factorise, fit, merge or distill
   * @param updates of weights
   * @param distances at the first block's input and after every block, after this step
   * @param scores of the model that this step left by metric, without further training
   * @param seconds of wall-clock time, without those of the scores
   */
  public record Step(
      String name,
      int updates,
      List<Double> distances,
      SortedMap<String, Double> scores,
      double seconds) {
    /** Copies the list. */
    public Step {
      distances = List.copyOf(distances);
    }
  }
}
