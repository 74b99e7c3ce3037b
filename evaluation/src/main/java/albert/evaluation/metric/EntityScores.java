package albert.evaluation.metric;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Precision, recall and F1 of named entities, as conlleval and seqeval's default mode count them:
 * an {@linkplain Entity#of entity} is right if type and both ends are. A zero divisor gives 0.
 *
 * @param overall over all types together (micro)
 * @param perType by type, those included that are only predicted
 * @param accuracy share of equal tags; undefined without a token
 */
public record EntityScores(
    Figures overall, SortedMap<String, Figures> perType, MetricValue accuracy) {

  /**
   * Figures of some entities.
   *
   * @param correct entities on both sides
   * @param predicted entities predicted
   * @param support entities in gold
   */
  public record Figures(int correct, int predicted, int support) {
    /** Share of the predicted that are right. */
    public double precision() {
      return predicted == 0 ? 0 : (double) correct / predicted;
    }

    /** Share of gold that is found. */
    public double recall() {
      return support == 0 ? 0 : (double) correct / support;
    }

    /** Harmonic mean of both, in seqeval's order of operations: equal to the last bit. */
    public double f1() {
      double sum = precision() + recall();
      return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }

    private Figures plus(Figures other) {
      return new Figures(
          correct + other.correct, predicted + other.predicted, support + other.support);
    }
  }

  /**
   * Scores sentences of tags.
   *
   * @throws IllegalArgumentException if the sides differ in sentences or in a sentence's tokens
   */
  public static EntityScores of(List<List<String>> gold, List<List<String>> predicted) {
    if (gold.size() != predicted.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d sentences in gold, %d predicted", gold.size(), predicted.size()));
    }
    SortedMap<String, Figures> perType = new TreeMap<>();
    long tokens = 0;
    long equal = 0;
    for (int s = 0; s < gold.size(); s++) {
      List<String> goldTags = gold.get(s);
      List<String> predictedTags = predicted.get(s);
      if (goldTags.size() != predictedTags.size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "sentence %d has %d tags in gold, %d predicted",
                s,
                goldTags.size(),
                predictedTags.size()));
      }
      for (int i = 0; i < goldTags.size(); i++) {
        equal += goldTags.get(i).equals(predictedTags.get(i)) ? 1 : 0;
      }
      tokens += goldTags.size();
      count(perType, Entity.of(goldTags), Entity.of(predictedTags));
    }
    Figures overall = perType.values().stream().reduce(new Figures(0, 0, 0), Figures::plus);
    MetricValue accuracy =
        tokens == 0 ? MetricValue.undefined("no token") : MetricValue.of((double) equal / tokens);
    return new EntityScores(overall, Collections.unmodifiableSortedMap(perType), accuracy);
  }

  private static void count(
      SortedMap<String, Figures> perType, List<Entity> gold, List<Entity> predicted) {
    Set<Entity> found = new HashSet<>(predicted);
    for (Entity entity : gold) {
      int correct = found.contains(entity) ? 1 : 0;
      perType.merge(entity.type(), new Figures(correct, 0, 1), Figures::plus);
    }
    for (Entity entity : predicted) {
      perType.merge(entity.type(), new Figures(0, 1, 0), Figures::plus);
    }
  }
}
