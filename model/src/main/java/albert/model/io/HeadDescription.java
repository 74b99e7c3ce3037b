package albert.model.io;

import albert.model.io.file.ModelFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The head that a file's weights belong to.
 *
 * @param kind what it computes
 * @param labels the classes' names in the order of the logits, for heads that have classes;
 *     otherwise empty. They are text from a file: data, nothing else
 */
public record HeadDescription(HeadKind kind, List<String> labels) {
  static final int MOST_LABELS = 1_000_000;

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

  /** Whether the classes have no names but those that Hugging Face gives such: LABEL_0 and on. */
  public boolean isUnnamed() {
    return !labels.isEmpty() && equals(unnamed(kind, labels.size()));
  }

  /**
   * This head, if nothing is wrong with its classes.
   *
   * @param key where the file names them
   * @throws ModelFileException if something is
   */
  HeadDescription checked(Path file, String key) {
    problem()
        .ifPresent(
            problem -> {
              throw new ModelFileException(file, key + ": " + problem);
            });
    return this;
  }

  /** What is wrong with the classes, in words for the person who has the file. */
  Optional<String> problem() {
    for (int id = 0; id < labels.size(); id++) {
      int first = labels.indexOf(labels.get(id));
      if (first < id) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "the classes %d and %d are both called %s, allowed is a name for each class",
                first,
                id,
                ModelFileException.quote(labels.get(id))));
      }
    }
    boolean isLone =
        labels.size() == 1
            && (kind == HeadKind.CLASSIFICATION || kind == HeadKind.TOKEN_CLASSIFICATION);
    return isLone
        ? Optional.of(
            "a classification with 1 class, whose probability is always 1, allowed are 2 classes"
                + " and more"
                + (kind == HeadKind.CLASSIFICATION ? ", or a regression" : ""))
        : Optional.empty();
  }

  /**
   * Rows of the head's output weights: the classes, or 1 for a number, a choice, a sentence or what
   * is scored in steps, 2 for a span.
   */
  public int outputs() {
    return switch (kind) {
      case CLASSIFICATION, MULTI_LABEL_CLASSIFICATION, TOKEN_CLASSIFICATION -> labels.size();
      case REGRESSION, MULTIPLE_CHOICE, CONDITIONAL_SPAN, SENTENCE_SCORING -> 1;
      case QUESTION_ANSWERING, PRETRAINING, NEXT_SENTENCE -> 2;
      case NONE, MASKED_LM -> 0;
    };
  }
}
