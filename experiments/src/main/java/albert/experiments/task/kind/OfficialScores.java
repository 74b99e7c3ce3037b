package albert.experiments.task.kind;

import albert.evaluation.metric.MetricValue;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the official metrics say of predictions, in the words of {@code --json}.
 *
 * @param task id of the task
 * @param n examples scored
 * @param scores by the official names, on the official scale; null where undefined
 * @param protocol which weights made the predictions, as far as it is known
 */
public record OfficialScores(
    String task, long n, Map<String, @Nullable Double> scores, String protocol) {

  /** The protocol of files that somebody made: nothing is known of how. */
  public static final String OF_FILES = "predictions as given";

  /** Copies the scores, in their order. */
  public OfficialScores {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /** Of metrics by name; undefined ones have no value. */
  public static OfficialScores of(
      String task, long n, Map<String, MetricValue> values, String protocol) {
    Map<String, @Nullable Double> scores = new LinkedHashMap<>();
    values.forEach((name, value) -> scores.put(name, value.value()));
    return new OfficialScores(task, n, scores, protocol);
  }

  /** Those of a run, grouped by task, part of the data and protocol, in the record's order. */
  public static List<OfficialScores> ofRun(RunRecord run) {
    Map<List<String>, List<Score>> groups = new LinkedHashMap<>();
    for (Score score : run.scores()) {
      groups
          .computeIfAbsent(
              List.of(score.task(), score.split(), score.protocol()), key -> new ArrayList<>())
          .add(score);
    }
    List<OfficialScores> all = new ArrayList<>();
    groups.forEach(
        (key, scores) -> {
          Map<String, @Nullable Double> values = new LinkedHashMap<>();
          scores.forEach(score -> values.put(score.metric(), score.value()));
          String split = key.get(1);
          all.add(
              new OfficialScores(
                  key.get(0),
                  scores.get(0).n(),
                  values,
                  split.equals("dev") ? key.get(2) : key.get(2) + ", on " + split));
        });
    return all;
  }

  /** The names of the scores that are undefined. */
  public List<String> undefined() {
    List<String> names = new ArrayList<>();
    scores.forEach(
        (name, value) -> {
          if (value == null) {
            names.add(name);
          }
        });
    return names;
  }
}
