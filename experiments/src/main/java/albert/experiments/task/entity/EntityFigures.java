package albert.experiments.task.entity;

import albert.datasets.entity.ConllFile;
import albert.evaluation.metric.EntityScores;
import albert.evaluation.metric.MetricValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The names that scores of entities have. */
final class EntityFigures {
  private EntityFigures() {}

  /**
   * {@code f1}, {@code precision}, {@code recall} and {@code accuracy}, then {@code f1_TYPE},
   * {@code precision_TYPE} and {@code recall_TYPE} of each type. Those of a type that neither side
   * has are undefined.
   *
   * @param types that have figures even if neither side has them
   */
  static Map<String, MetricValue> of(
      List<List<String>> gold, List<List<String>> predicted, Collection<String> types) {
    EntityScores scores = EntityScores.of(gold, predicted);
    Map<String, MetricValue> figures = new LinkedHashMap<>();
    put(figures, "", scores.overall());
    figures.put("accuracy", scores.accuracy());
    TreeSet<String> all = new TreeSet<>(types);
    all.addAll(scores.perType().keySet());
    for (String type : all) {
      EntityScores.Figures found = scores.perType().get(type);
      if (found == null) {
        List.of("f1_", "precision_", "recall_")
            .forEach(
                name -> figures.put(name + type, MetricValue.undefined("there is no " + type)));
      } else {
        put(figures, "_" + type, found);
      }
    }
    return figures;
  }

  private static void put(
      Map<String, MetricValue> figures, String suffix, EntityScores.Figures of) {
    figures.put("f1" + suffix, MetricValue.of(of.f1()));
    figures.put("precision" + suffix, MetricValue.of(of.precision()));
    figures.put("recall" + suffix, MetricValue.of(of.recall()));
  }

  /** The types that tags are of. */
  static List<String> types(List<String> tags) {
    return tags.stream()
        .filter(tag -> !tag.equals(ConllFile.OUTSIDE))
        .map(tag -> tag.substring(2))
        .distinct()
        .toList();
  }
}
