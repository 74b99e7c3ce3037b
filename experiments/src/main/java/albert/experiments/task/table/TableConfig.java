package albert.experiments.task.table;

import albert.datasets.table.LabelFormat;
import albert.datasets.table.TableColumns;
import albert.datasets.table.TableTask;
import albert.model.config.ConfigException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What of a table is read, and how. An empty text stands for a key that is not given.
 *
 * @param textColumn the text, or the first of a pair
 * @param pairColumn the second text; empty for none
 * @param labelColumn what is predicted
 * @param labelKind one label, several or a number
 * @param labelSeparator between several labels
 * @param labels all of them; empty for those of the training data
 * @param devShare of the training examples, what is held out where there is no dev file; 0 for the
 *     usual share
 */
public record TableConfig(
    String textColumn,
    String pairColumn,
    String labelColumn,
    LabelChoice labelKind,
    String labelSeparator,
    String labels,
    double devShare) {

  /** The defaults. */
  public static final TableConfig DEFAULT =
      new TableConfig("", "", "", LabelChoice.SINGLE, "|", "", 0);

  /**
   * Checks every key.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public TableConfig {
    if (!(devShare >= 0 && devShare < 1)) {
      throw new ConfigException(
          "dev_share",
          String.format(Locale.ROOT, "dev_share is %s, allowed is 0 to below 1", devShare));
    }
    if (!labels.isEmpty()) {
      checkLabels(labelKind, split(labels, labelSeparator));
    }
  }

  private static void checkLabels(LabelChoice kind, List<String> names) {
    if (kind == LabelChoice.NUMBER) {
      throw new ConfigException("labels", "labels is given, but label_kind is number");
    }
    int fewest = kind == LabelChoice.SINGLE ? 2 : 1;
    if (names.contains("") || names.size() < fewest || new HashSet<>(names).size() < names.size()) {
      throw new ConfigException(
          "labels",
          String.format(
              Locale.ROOT,
              "labels is %s, needed are %d or more different labels with label_separator between"
                  + " them",
              names,
              fewest));
    }
  }

  private static List<String> split(String text, String separator) {
    return Arrays.stream(text.split(Pattern.quote(separator), -1)).map(String::strip).toList();
  }

  /** The task that they describe. */
  TableTask task() {
    return new TableTask(
        new TableColumns(textColumn, pairColumn, labelColumn),
        new LabelFormat(
            labelKind.kind(),
            labelSeparator,
            labels.isEmpty() ? List.of() : split(labels, labelSeparator)),
        devShare);
  }
}
