package albert.datasets.text;

/** What is predicted from a text or a pair. */
public enum LabelKind {
  /** One of {@link TextTask#labels()}. */
  CLASSIFICATION,
  /** A number. */
  REGRESSION
}
