package albert.experiments.study;

import albert.experiments.config.ConfigKeys;
import albert.experiments.evaluation.TaskSource;
import albert.reports.summary.StudyDescription.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the scores of a study have to beat, without any training. Where a task's data is read in
 * several ways, such as from other columns, a reference that differs between them says of which it
 * is.
 *
 * @param sources the data, by the keys that decide how it is read
 */
record StudyReferences(Map<Map<String, Object>, TaskSource> sources) {

  /** A reference, and the keys that its data was read by. */
  private record Read(Map<String, Object> keys, Reference reference) {
    boolean isLike(Read other) {
      return reference.name().equals(other.reference.name())
          && Objects.equals(keys.get(ConfigKeys.TASK), other.keys.get(ConfigKeys.TASK));
    }
  }

  /** All, each once. */
  List<Reference> all() {
    List<Read> found = new ArrayList<>();
    sources.forEach(
        (keys, source) ->
            source.references().forEach(reference -> found.add(new Read(keys, reference))));
    return found.stream().map(read -> named(read, found)).distinct().toList();
  }

  private static Reference named(Read read, List<Read> all) {
    List<Read> alike = all.stream().filter(read::isLike).toList();
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
            .map(key -> key.getKey() + " " + key.getValue())
            .collect(Collectors.joining(", "));
    return new Reference(read.reference.name() + ", " + way, read.reference.scores());
  }
}
