package albert.datasets.table;

import albert.datasets.text.LabelKind;
import albert.evaluation.PlainNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How labels are written, and which there are. White space around a label is not part of it.
 *
 * @param kind one label, several, or a number
 * @param separator what stands between several labels in one field
 * @param names of all labels; empty where those of the training data are meant, and for numbers
 */
public record LabelFormat(LabelKind kind, String separator, List<String> names) {

  /** Copies the names. */
  public LabelFormat {
    names = List.copyOf(names);
  }

  /** The same with names. */
  LabelFormat with(List<String> others) {
    return new LabelFormat(kind, separator, others);
  }

  /**
   * The labels of a field.
   *
   * @param values what stands there: one text, in JSON none or several too
   * @return one label, or any number where several are allowed; empty besides for a field without
   * @throws IllegalArgumentException saying what is wrong
   */
  List<String> read(List<String> values) {
    if (kind == LabelKind.MULTI_LABEL) {
      return values.size() == 1 ? split(values.get(0)) : distinct(values);
    }
    if (values.size() > 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "there are %d labels, needed is one (label_kind multi takes several)",
              values.size()));
    }
    return values.stream().map(String::strip).filter(label -> !label.isEmpty()).toList();
  }

  /**
   * The labels of a field that must have one, or any number where several are allowed.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  List<String> readKnown(List<String> values) {
    List<String> labels = read(values);
    if (labels.isEmpty() && kind != LabelKind.MULTI_LABEL) {
      throw new IllegalArgumentException(
          kind == LabelKind.CLASSIFICATION
              ? "the label is empty (label_kind multi allows examples without one)"
              : "the label is empty");
    }
    return labels;
  }

  /** The labels in one text, none of which may be empty. */
  private List<String> split(String text) {
    return text.isBlank() ? List.of() : distinct(List.of(text.split(Pattern.quote(separator), -1)));
  }

  private static List<String> distinct(List<String> values) {
    List<String> labels = values.stream().map(String::strip).toList();
    if (labels.contains("")) {
      throw new IllegalArgumentException("one of its labels is empty");
    }
    if (new LinkedHashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException("a label is there twice");
    }
    return labels;
  }

  /**
   * The number that a label is.
   *
   * @throws IllegalArgumentException if it is none
   */
  static double number(String label) {
    return PlainNumber.decimal(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT, "the label is '%s', needed is a number such as 3.5", label)));
  }

  /** Labels in their order: by value where all are numbers, else as texts. */
  static List<String> sorted(Collection<String> labels) {
    List<String> sorted = new ArrayList<>(labels);
    sorted.sort(Comparator.naturalOrder());
    if (areNumbers(sorted)) {
      sorted.sort(Comparator.comparingDouble(LabelFormat::number));
    }
    return sorted;
  }

  /** Whether every label is a number. */
  public static boolean areNumbers(Collection<String> labels) {
    return labels.stream().allMatch(label -> PlainNumber.decimal(label).isPresent());
  }
}
