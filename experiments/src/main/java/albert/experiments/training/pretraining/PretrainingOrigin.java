package albert.experiments.training.pretraining;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to repeat a pretraining besides its configuration.
 *
 * @param corpus absolute path of the texts
 * @param additionalCorpus absolute path of more texts; null if there are none
 * @param model weights and tokenizer of the checkpoint that it started from; empty for random
 *     weights
 * @param provenance what made it
 */
public record PretrainingOrigin(
    String corpus,
    @Nullable String additionalCorpus,
    List<DataFingerprint> model,
    Provenance provenance) {
  /** Copies the list. */
  public PretrainingOrigin {
    model = List.copyOf(model);
  }
}
