package albert.experiments.training.finetuning;

import albert.evaluation.record.Score;
import albert.experiments.training.EvaluationPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The evaluations of a training so far, and what follows from them. */
final class EvaluationHistory {

  private final List<EvaluationPoint> points;

  EvaluationHistory(List<EvaluationPoint> points) {
    this.points = new ArrayList<>(points);
  }

  List<EvaluationPoint> points() {
    return List.copyOf(points);
  }

  /** Whether weights of a step were evaluated. */
  boolean has(long step) {
    return !points.isEmpty() && points.get(points.size() - 1).step() == step;
  }

  /**
   * Adds the newest.
   *
   * @return whether it is better on dev than all before
   */
  boolean add(EvaluationPoint point) {
    boolean better =
        points.isEmpty()
            || EvaluationPoint.height(point.dev())
                > EvaluationPoint.height(best(EvaluationPoint::dev).dev());
    points.add(point);
    return better;
  }

  /** How many evaluations in a row, up to the newest, were no better than the best before. */
  int withoutBetter() {
    return points.size() - 1 - points.indexOf(best(EvaluationPoint::dev));
  }

  /** The scores of all protocols, {@link Protocol#LAST} first. */
  List<Score> scores() {
    List<Score> scores = new ArrayList<>();
    EvaluationPoint last = points.get(points.size() - 1);
    scores.addAll(renamed(last.dev(), Protocol.LAST));
    scores.addAll(renamed(best(EvaluationPoint::dev).dev(), Protocol.BEST_ON_DEV));
    scores.addAll(renamed(best(EvaluationPoint::choosing).reporting(), Protocol.BEST_ON_HALF));
    return scores;
  }

  /** The step of the weights that are best on dev; the earliest of equal ones. */
  long bestStep() {
    return best(EvaluationPoint::dev).step();
  }

  private EvaluationPoint best(Function<EvaluationPoint, List<Score>> by) {
    // max keeps the last of equal ones, the order of steps makes that the first
    return points.stream()
        .max(
            Comparator.comparingDouble(
                    (EvaluationPoint point) -> EvaluationPoint.height(by.apply(point)))
                .thenComparing(Comparator.comparingLong(EvaluationPoint::step).reversed()))
        .orElseThrow();
  }

  /** With the protocol's words; what follows a comma in a score's protocol stays. */
  private List<Score> renamed(List<Score> scores, Protocol protocol) {
    String words = protocol.words(points.size());
    return scores.stream()
        .map(
            s ->
                new Score(
                    s.task(),
                    s.metric(),
                    s.split(),
                    s.value(),
                    s.reason(),
                    s.n(),
                    words + more(s.protocol())))
        .toList();
  }

  private static String more(String protocol) {
    int comma = protocol.indexOf(',');
    return comma < 0 ? "" : protocol.substring(comma);
  }
}
