package albert.datasets.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes numbers to learn of labels.
 *
 * @param format how they are written
 * @param indices of the labels' names
 */
record LabelCoder(LabelFormat format, Map<String, Integer> indices) {
  private static final Double YES = 1.0;
  private static final Double NO = 0.0;
  private static final List<Double> UNKNOWN = List.of(Double.NaN);
  private static final int MOST_SHOWN = 20;

  static LabelCoder of(LabelFormat format) {
    Map<String, Integer> indices = new HashMap<>();
    format.names().forEach(name -> indices.put(name, indices.size()));
    return new LabelCoder(format, indices);
  }

  /**
   * The labels of an example, see {@link albert.datasets.text.TextExample#labels()}.
   *
   * @param labels null where they are not known
   * @throws IllegalArgumentException saying what is wrong with them
   */
  List<Double> code(@Nullable List<String> labels) {
    if (labels == null) {
      return UNKNOWN;
    }
    return switch (format.kind()) {
      case CLASSIFICATION -> List.of((double) index(labels.get(0)));
      case REGRESSION -> List.of(LabelFormat.number(labels.get(0)));
      case MULTI_LABEL -> {
        List<Double> all = new ArrayList<>(Collections.nCopies(indices.size(), NO));
        labels.forEach(label -> all.set(index(label), YES));
        yield all;
      }
    };
  }

  private int index(String label) {
    Integer index = indices.get(label);
    if (index == null) {
      List<String> names = format.names();
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the label is '%s', known are %s%s",
              label,
              names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ")),
              names.size() > MOST_SHOWN ? ", … (those of train, or of labels)" : ""));
    }
    return index;
  }
}
