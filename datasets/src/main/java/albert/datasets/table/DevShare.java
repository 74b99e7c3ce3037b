package albert.datasets.table;

import albert.datasets.DataFormatException;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.evaluation.record.Sha256;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds a share of the training examples out as dev.
 *
 * <p>Examples with equal texts (of pairs, with both texts equal; capitals and white space do not
 * count) stay together. These groups are sorted by the SHA-256 of their texts, and the first are
 * held out until they have the share of all examples. So the split follows from the texts alone,
 * not from a seed or the order of the rows, and a larger share holds the same texts out and further
 * ones. A group with a label that no training example would have goes back to train.
 *
 * @param share from 0 to 1, both excluded
 */
record DevShare(double share) {

  /**
   * Splits the training examples.
   *
   * @throws DataFormatException if nothing would be left in a part
   */
  TaskData<TextExample> of(TaskData<TextExample> data) {
    List<TextExample> all = data.examples(SplitName.TRAIN);
    List<String> keys = all.stream().map(DevShare::key).toList();
    SortedMap<String, List<TextExample>> groups = new TreeMap<>();
    for (int row = 0; row < all.size(); row++) {
      groups.computeIfAbsent(keys.get(row), key -> new ArrayList<>()).add(all.get(row));
    }
    Set<String> heldOut = heldOut(groups, Math.max(1, Math.round(share * all.size())));
    if (!data.labels().isEmpty()) {
      giveBack(groups, heldOut, ((TableTask) data.task()).kind());
    }
    List<TextExample> train = new ArrayList<>();
    List<TextExample> dev = new ArrayList<>();
    for (int row = 0; row < all.size(); row++) {
      (heldOut.contains(keys.get(row)) ? dev : train).add(all.get(row));
    }
    requireExamples(data, SplitName.TRAIN, train);
    requireExamples(data, SplitName.DEV, dev);
    Map<SplitName, List<TextExample>> splits = new EnumMap<>(data.splits());
    splits.put(SplitName.TRAIN, train);
    splits.put(SplitName.DEV, dev);
    return TaskData.of(
        data.task(),
        splits,
        data.labels(),
        String.format(
            Locale.ROOT,
            "%s; %d of %d examples held out as dev by the hash of their texts",
            data.fingerprint().source(),
            dev.size(),
            all.size()));
  }

  private static Set<String> heldOut(SortedMap<String, List<TextExample>> groups, long wanted) {
    Set<String> heldOut = new HashSet<>();
    long count = 0;
    for (Map.Entry<String, List<TextExample>> group : groups.entrySet()) {
      if (count < wanted) {
        heldOut.add(group.getKey());
        count += group.getValue().size();
      }
    }
    return heldOut;
  }

  private static void giveBack(
      SortedMap<String, List<TextExample>> groups, Set<String> heldOut, LabelKind kind) {
    Set<Integer> trained = new HashSet<>();
    Map<String, Set<Integer>> labels = new HashMap<>();
    groups.forEach(
        (key, group) -> {
          Set<Integer> own = labelsOf(group, kind);
          labels.put(key, own);
          if (!heldOut.contains(key)) {
            trained.addAll(own);
          }
        });
    for (String key : groups.keySet()) {
      Set<Integer> own = labels.getOrDefault(key, Set.of());
      if (heldOut.contains(key) && !trained.containsAll(own)) {
        heldOut.remove(key);
        trained.addAll(own);
      }
    }
  }

  /** The indices of the labels that examples have. */
  private static Set<Integer> labelsOf(List<TextExample> group, LabelKind kind) {
    Set<Integer> labels = new HashSet<>();
    for (TextExample example : group) {
      if (kind == LabelKind.CLASSIFICATION) {
        labels.add(example.labelIndex());
      } else {
        for (int label = 0; label < example.labels().size(); label++) {
          if (example.labels().get(label) == 1) {
            labels.add(label);
          }
        }
      }
    }
    return labels;
  }

  private void requireExamples(
      TaskData<TextExample> data, SplitName part, List<TextExample> examples) {
    if (examples.isEmpty()) {
      throw new DataFormatException(
          data.fingerprint().source(),
          String.format(
              Locale.ROOT,
              "with dev_share %s nothing is left for %s: there are too few different texts, or"
                  + " every label is on one text alone; a dev table, or another dev_share or"
                  + " label_column is needed",
              share,
              part.id()));
    }
  }

  private static String key(TextExample example) {
    return new Sha256()
        .add(folded(example.text()))
        .add(example.pair() == null ? "" : folded(example.pair()))
        .hex();
  }

  /** As texts are compared: in lower case, with one space for any white space. */
  static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
  }
}
