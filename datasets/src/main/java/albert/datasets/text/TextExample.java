package albert.datasets.text;

import albert.datasets.task.Example;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of a task: a text or a pair, and what to predict from it.
 *
 * @param id the row's name in its data set, unique within its split
 * @param text the text, or the first of a pair
 * @param pair the second text, or null for tasks over one
 * @param labels the index into {@link TextTask#labels()} for a classification, the value for a
 *     regression, 1 or 0 for each of {@link TextTask#labels()} where several may be right; NaN
 *     alone where the data set keeps it secret
 */
public record TextExample(String id, String text, @Nullable String pair, List<Double> labels)
    implements Example {

  /** Copies the labels. */
  public TextExample {
    labels = List.copyOf(labels);
  }

  /** A row with one class, or one value. */
  public TextExample(String id, String text, @Nullable String pair, double label) {
    this(id, text, pair, List.of(label));
  }

  /** Whether the label is known. */
  @Override
  public boolean hasLabel() {
    return !Double.isNaN(labels.get(0));
  }

  /** The class or the value; of several labels whether the first is right. */
  public double label() {
    return labels.get(0);
  }

  /**
   * The label of a classification.
   *
   * @throws IllegalStateException if it is not known
   */
  public int labelIndex() {
    if (!hasLabel()) {
      throw new IllegalStateException(String.format(Locale.ROOT, "example %s has no label", id));
    }
    return (int) label();
  }
}
