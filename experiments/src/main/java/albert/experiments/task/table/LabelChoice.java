package albert.experiments.task.table;

import albert.datasets.text.LabelKind;

/** What is predicted of a text, as the key {@code label_kind} says it. */
public enum LabelChoice {
  /** One label. */
  SINGLE(LabelKind.CLASSIFICATION),
  /** Any number of labels. */
  MULTI(LabelKind.MULTI_LABEL),
  /** A number. */
  NUMBER(LabelKind.REGRESSION);

  private final LabelKind kind;

  LabelChoice(LabelKind kind) {
    this.kind = kind;
  }

  /** The same as data sets call it. */
  LabelKind kind() {
    return kind;
  }
}
