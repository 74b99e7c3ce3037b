package albert.experiments.study;

import albert.experiments.config.ConfigKeys;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.task.kind.References;
import albert.reports.summary.StudyDescription.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the scores of a study have to beat, without any training. Where a task's data is read in
 * several ways, such as from other columns, or models learn from some of it, a reference that
 * differs between them says of which it is.
 */
final class StudyReferences {

  /** A reference, and the keys that its data was read by. */
  private record Read(Map<String, Object> keys, Reference reference) {
    boolean isLike(Read other) {
      return reference.name().equals(other.reference.name())
          && Objects.equals(keys.get(ConfigKeys.TASK), other.keys.get(ConfigKeys.TASK));
    }
  }

  private final List<Read> found = new ArrayList<>();

  private StudyReferences() {}

  /**
   * Of data by the keys that decide how it is read.
   *
   * @param sources the data
   * @param trainSizes how many training examples its models learn from; 0 for all. A reference gets
   *     as many and, beside that, all
   */
  static StudyReferences of(
      Map<Map<String, Object>, TaskSource> sources,
      Map<Map<String, Object>, Set<Integer>> trainSizes) {
    StudyReferences references = new StudyReferences();
    sources.forEach(
        (keys, source) -> {
          Set<Integer> used = Objects.requireNonNull(trainSizes.get(keys));
          used.forEach(most -> references.add(keys, most, source.references(most)));
          if (!used.contains(0)) {
            references.add(
                keys,
                0,
                source.references(0).stream()
                    .filter(reference -> !reference.name().equals(References.MAJORITY_GUESS))
                    .toList());
          }
        });
    return references;
  }

  private void add(Map<String, Object> keys, int most, List<Reference> references) {
    Map<String, Object> read = new TreeMap<>(keys);
    read.put(ConfigKeys.MAX_TRAIN_EXAMPLES, most);
    references.forEach(reference -> found.add(new Read(read, reference)));
  }

  /** All, each once. */
  List<Reference> all() {
    return found.stream().map(this::named).distinct().toList();
  }

  private Reference named(Read read) {
    List<Read> alike = found.stream().filter(read::isLike).toList();
    if (alike.stream().map(Read::reference).distinct().count() == 1) {
      return read.reference;
    }
    String way =
        read.keys.entrySet().stream()
            .filter(
                key ->
                    alike.stream()
                        .anyMatch(
                            one -> !Objects.equals(one.keys.get(key.getKey()), key.getValue())))
            .map(StudyReferences::words)
            .collect(Collectors.joining(", "));
    return new Reference(read.reference.name() + ", " + way, read.reference.scores());
  }

  private static String words(Map.Entry<String, Object> key) {
    if (!key.getKey().equals(ConfigKeys.MAX_TRAIN_EXAMPLES)) {
      return key.getKey() + " " + key.getValue();
    }
    int most = (Integer) key.getValue();
    return most == 0
        ? "all training examples"
        : String.format(Locale.ROOT, "the same %,d training examples", most);
  }
}
