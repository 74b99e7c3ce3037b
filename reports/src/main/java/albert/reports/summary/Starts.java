package albert.reports.summary;

import albert.evaluation.record.RunRecord;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What runs start from. Where the seeds of a variant share weights that another variant does not
 * have, they are seeds of fine-tuning alone: a difference is one of these weights, not of the way
 * in which such weights are made.
 */
final class Starts {
  private static final String MODEL = "model";
  private static final String PRETRAIN = "pretrain_";
  private static final String CORPUS = PRETRAIN + "corpus";
  private static final String PRETRAIN_SEED = PRETRAIN + "seed";
  private static final String COMPRESS_SEED = "compress_seed";

  /** The seed that stands for the run's. */
  private static final String OF_THE_RUN = "0";

  /** Keys that decide weights besides those of a pretraining. */
  private static final Set<String> DECISIVE =
      Set.of(
          MODEL,
          "embedding_size",
          "sharing",
          "sharing_pattern",
          "groups",
          "layer_delta_rank",
          "hidden_size",
          "num_hidden_layers",
          "num_attention_heads",
          "intermediate_size",
          COMPRESS_SEED,
          "merge",
          "embedding_steps",
          "distill_steps",
          "distill_seconds",
          "distill_batch_size",
          "distill_seq_length",
          "distill_learning_rate");

  private Starts() {}

  /** Where the weights of a variant come from. */
  private enum Kind {
    /** Drawn from each run's seed. */
    SCRATCH,
    /** A checkpoint as it is. */
    CHECKPOINT,
    /** Pretrained or compressed by the study, once for all seeds. */
    MADE_ONCE,
    /** Pretrained or compressed by the study for each seed. */
    MADE_FOR_EACH_SEED;

    static Kind of(RunRecord run) {
      boolean pretrained = run.config().containsKey(CORPUS);
      boolean compressed = run.config().containsKey(COMPRESS_SEED);
      if (!pretrained && !compressed) {
        return run.config().containsKey(MODEL) ? CHECKPOINT : SCRATCH;
      }
      boolean varies =
          (pretrained && isOfTheRun(run, PRETRAIN_SEED))
              || (compressed && isOfTheRun(run, COMPRESS_SEED));
      return varies ? MADE_FOR_EACH_SEED : MADE_ONCE;
    }
  }

  /** Whether a difference of two variants is one of certain checkpoints. */
  static boolean isOfCheckpoints(ReportRow variant, ReportRow baseline) {
    if (variant.runs().isEmpty() || baseline.runs().isEmpty()) {
      return false;
    }
    RunRecord own = variant.runs().get(0);
    RunRecord other = baseline.runs().get(0);
    Set<Kind> kinds = EnumSet.of(Kind.of(own), Kind.of(other));
    boolean sameSource = Objects.equals(own.config().get(MODEL), other.config().get(MODEL));
    boolean ofOne =
        kinds.contains(Kind.MADE_ONCE)
            || (kinds.contains(Kind.CHECKPOINT)
                && !(kinds.contains(Kind.MADE_FOR_EACH_SEED) && sameSource));
    return ofOne && !weights(own).equals(weights(other));
  }

  private static boolean isOfTheRun(RunRecord run, String seed) {
    Object value = run.config().get(seed);
    return value != null && VariantKey.text(value).equals(OF_THE_RUN);
  }

  /** All that decides the weights, as far as the configuration says it. */
  private static Map<String, String> weights(RunRecord run) {
    Map<String, String> weights = new TreeMap<>();
    run.config()
        .forEach(
            (key, value) -> {
              if (DECISIVE.contains(key) || key.startsWith(PRETRAIN)) {
                weights.put(key, VariantKey.text(value));
              }
            });
    return weights;
  }
}
