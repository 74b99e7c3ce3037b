package albert.datasets.text;

/** What is predicted from a text or a pair. */
public enum LabelKind {
  /** One of {@link TextTask#labels()}. */
  CLASSIFICATION,
  /** Any number of {@link TextTask#labels()}, each yes or no by itself. */
  MULTI_LABEL,
  /** A number. */
  REGRESSION
}
