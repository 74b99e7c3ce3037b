package albert.experiments.task.span;

/** Which head answers questions by a span. */
public enum SpanHeadKind {
  /** As ALBERT was published for SQuAD 2.0: the end given the start, and answerability. */
  ALBERT,
  /** As BERT was: start and end, each by itself. */
  BERT
}
