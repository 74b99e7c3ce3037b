package albert.evaluation.record;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A part of the work on a run, in the order in which they come. Runs may share the first three: who
 * needs them first makes them.
 */
public enum Stage {
  /** Masked words and pairs before anything else. */
  @JsonProperty("pretraining")
  PRETRAINING("pretraining", "steps"),
  /** A checkpoint gets another shape: factorised, fitted, merged. */
  @JsonProperty("compression")
  COMPRESSION("compression", "steps"),
  /** The layers of a compressed checkpoint learn its hidden states. */
  @JsonProperty("distillation")
  DISTILLATION("distillation", "steps"),
  /** The run's own training, its graph and initial weights included. */
  @JsonProperty("training")
  TRAINING("training", "steps"),
  /** Predictions for dev. */
  @JsonProperty("evaluation")
  EVALUATION("evaluation", "sequences"),
  /** What the run leaves: weights and predictions. */
  @JsonProperty("files")
  FILES("files", "sets"),
  /** Predictions for what the data has besides training and dev. */
  @JsonProperty("other_parts")
  OTHER_PARTS("other parts", "sequences"),
  /** Forward passes of one sequence. */
  @JsonProperty("latency")
  LATENCY("latency", "passes");

  private final String words;
  private final String unit;

  Stage(String words, String unit) {
    this.words = words;
    this.unit = unit;
  }

  /** For people, and as files name it. */
  public String words() {
    return words;
  }

  /** What is counted in it, in the plural. */
  public String unit() {
    return unit;
  }

  /** Whether several runs may start from the result. */
  public boolean isShared() {
    return this == PRETRAINING || this == COMPRESSION || this == DISTILLATION;
  }
}
