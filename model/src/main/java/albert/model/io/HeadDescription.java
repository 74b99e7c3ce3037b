package albert.model.io;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The head that a file's weights belong to.
 *
 * @param kind what it computes
 * @param labels the classes' names in the order of the logits, for classification and token
 *     classification; otherwise empty. They are text from a file: data, nothing else
 */
public record HeadDescription(HeadKind kind, List<String> labels) {
  /** The encoder alone. */
  public static final HeadDescription NONE = new HeadDescription(HeadKind.NONE, List.of());

  /** Copies the labels. */
  public HeadDescription {
    labels = List.copyOf(labels);
  }

  /** A head without names for its classes. */
  public static HeadDescription of(HeadKind kind) {
    return new HeadDescription(kind, List.of());
  }

  /** A head whose classes are called as Hugging Face calls those without names: LABEL_0 and on. */
  public static HeadDescription unnamed(HeadKind kind, int labels) {
    return new HeadDescription(
        kind, IntStream.range(0, labels).mapToObj(label -> "LABEL_" + label).toList());
  }

  /**
   * Rows of the head's output weights: the classes, or 1 for a number, a choice or what is scored
   * in steps, 2 for a span.
   */
  public int outputs() {
    return switch (kind) {
      case CLASSIFICATION, TOKEN_CLASSIFICATION -> labels.size();
      case REGRESSION, MULTIPLE_CHOICE, CONDITIONAL_SPAN -> 1;
      case QUESTION_ANSWERING, PRETRAINING, NEXT_SENTENCE -> 2;
      case NONE, MASKED_LM -> 0;
    };
  }
}
