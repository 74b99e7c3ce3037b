package albert.model.io;

import albert.model.io.ModelVariable.Part;
import albert.model.io.file.ModelFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The head that a file's weights belong to.
 *
 * @param kind what it computes
 * @param labels the classes' names in the order of the logits, for heads that have classes;
 *     otherwise empty. They are text from a file: data, nothing else
 * @param tags the same of the classes of tokens, for heads that have them besides those of the
 *     sequence; otherwise empty
 * @param tied whether the decoder of a masked LM is the word embeddings, as published; otherwise it
 *     has weights of its own. True of heads that have no decoder
 */
public record HeadDescription(HeadKind kind, List<String> labels, List<String> tags, boolean tied) {
  static final int MOST_LABELS = 1_000_000;

  /** The encoder alone. */
  public static final HeadDescription NONE = new HeadDescription(HeadKind.NONE, List.of());

  /** Copies the labels and tags. */
  public HeadDescription {
    labels = List.copyOf(labels);
    tags = List.copyOf(tags);
    tied = tied || !kind.hasDecoder();
  }

  /** A head that has no decoder, or one that is the word embeddings. */
  public HeadDescription(HeadKind kind, List<String> labels, List<String> tags) {
    this(kind, labels, tags, true);
  }

  /** A head whose tokens have no classes. */
  public HeadDescription(HeadKind kind, List<String> labels) {
    this(kind, labels, List.of());
  }

  /** A head without names for its classes. */
  public static HeadDescription of(HeadKind kind) {
    return new HeadDescription(kind, List.of());
  }

  /** This head with a decoder that is tied to the word embeddings, or not. */
  public HeadDescription tied(boolean tied) {
    return new HeadDescription(kind, labels, tags, tied);
  }

  /** The parts of the model that are this head. */
  public List<ModelVariable.Part> parts() {
    return tied
        ? kind.parts()
        : Stream.concat(kind.parts().stream(), Stream.of(ModelVariable.Part.DECODER)).toList();
  }

  /** A head whose classes are called as Hugging Face calls those without names: LABEL_0 and on. */
  public static HeadDescription unnamed(HeadKind kind, int labels) {
    return new HeadDescription(kind, unnamed(labels));
  }

  /** Names for classes that have none: LABEL_0 and on. */
  static List<String> unnamed(int labels) {
    return IntStream.range(0, labels).mapToObj(label -> "LABEL_" + label).toList();
  }

  /** The names of the classes that a part of the model tells apart. */
  List<String> classesOf(Part part) {
    return part == Part.TOKEN && kind.hasTags() ? tags : labels;
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
    return problem(labels).or(() -> problem(tags));
  }

  private Optional<String> problem(List<String> names) {
    for (int id = 0; id < names.size(); id++) {
      int first = names.indexOf(names.get(id));
      if (first < id) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "the classes %d and %d are both called %s, allowed is a name for each class",
                first,
                id,
                ModelFileException.quote(names.get(id))));
      }
    }
    boolean isLone =
        names.size() == 1 && kind.hasClasses() && kind != HeadKind.MULTI_LABEL_CLASSIFICATION;
    return isLone
        ? Optional.of(
            "a classification with 1 class, whose probability is always 1, allowed are 2 classes"
                + " and more"
                + (kind == HeadKind.CLASSIFICATION ? ", or a regression" : ""))
        : Optional.empty();
  }

  /**
   * Rows of the head's output weights: the classes of the sequence or, of a head for tokens alone,
   * those of the tokens; 1 for a number, a choice, a sentence or what is scored in steps, 2 for a
   * span.
   */
  public int outputs() {
    return switch (kind) {
      case CLASSIFICATION, MULTI_LABEL_CLASSIFICATION, TOKEN_CLASSIFICATION, JOINT_CLASSIFICATION ->
          labels.size();
      case REGRESSION, MULTIPLE_CHOICE, CONDITIONAL_SPAN, SENTENCE_SCORING -> 1;
      case QUESTION_ANSWERING, PRETRAINING, NEXT_SENTENCE -> 2;
      case NONE, MASKED_LM -> 0;
    };
  }
}
