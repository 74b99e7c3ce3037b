package albert.evaluation.metric;

import albert.evaluation.metric.SquadVersion.AnswerScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * SQuAD's official scores, keys and 0 to 100 scale included: {@code evaluate-v1.1.py} and {@code
 * evaluate-v2.0.py}.
 */
public final class SquadScores {
  /** The official {@code --na-prob-thresh}. */
  public static final double DEFAULT_THRESHOLD = 1.0;

  private SquadScores() {}

  /**
   * {@code exact_match} and {@code f1} of v1.1. A question without a prediction counts 0.
   *
   * @throws IllegalArgumentException if there is no question, or one without a gold answer
   */
  public static Map<String, Double> v1(
      List<SquadQuestion> questions, Map<String, String> predictions) {
    requireQuestions(questions);
    double exact = 0;
    double f1 = 0;
    for (SquadQuestion question : questions) {
      String prediction = predictions.get(question.id());
      if (prediction != null) {
        AnswerScore score = SquadVersion.V1_1.score(question.answers(), prediction);
        exact += score.exact();
        f1 += score.f1();
      }
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("exact_match", 100 * exact / questions.size());
    scores.put("f1", 100 * f1 / questions.size());
    return Collections.unmodifiableMap(scores);
  }

  /**
   * {@code exact}, {@code f1}, {@code total}, and the same of the answerable ({@code HasAns_}) and
   * the others ({@code NoAns_}) of v2.0, every answer counted as given.
   *
   * @throws IllegalArgumentException if there is no question, or one without a prediction
   */
  public static Map<String, Double> v2(
      List<SquadQuestion> questions, Map<String, String> predictions) {
    return Collections.unmodifiableMap(figures(raw(questions, predictions)));
  }

  /**
   * The same where answers whose probability of no answer is above the threshold are blanked, and
   * besides {@code best_exact}, {@code best_f1} and their {@code _thresh}, sought as the script
   * does: from "answer nothing" at threshold 0 in rising order of the value, which may stop inside
   * a tie at a total that no threshold reaches.
   *
   * @param noAnswer probability, or unbounded score, of no answer by question, in the order of its
   *     file
   * @throws IllegalArgumentException if there is no question, or one without prediction or value
   */
  public static Map<String, Double> v2(
      List<SquadQuestion> questions,
      Map<String, String> predictions,
      Map<String, Double> noAnswer,
      double threshold) {
    List<Scored> raw = raw(questions, predictions);
    List<Scored> blanked = new ArrayList<>(raw.size());
    for (Scored scored : raw) {
      double value = required(noAnswer, scored.question().id(), "probability of no answer");
      blanked.add(value > threshold ? scored.blanked() : scored);
    }
    Map<String, Double> scores = figures(blanked);
    putBest(scores, "best_exact", raw, noAnswer, AnswerScore::exact);
    putBest(scores, "best_f1", raw, noAnswer, AnswerScore::f1);
    return Collections.unmodifiableMap(scores);
  }

  private record Scored(SquadQuestion question, String prediction, AnswerScore score) {
    Scored blanked() {
      double value = question.answerable() ? 0 : 1;
      return new Scored(question, prediction, new AnswerScore(value, value));
    }
  }

  private static List<Scored> raw(List<SquadQuestion> questions, Map<String, String> predictions) {
    requireQuestions(questions);
    // the script keeps the last of several questions with one id, at the place of the first
    Map<String, Scored> raw = new LinkedHashMap<>();
    for (SquadQuestion question : questions) {
      String prediction = required(predictions, question.id(), "prediction");
      AnswerScore score = SquadVersion.V2_0.score(question.answers(), prediction);
      raw.put(question.id(), new Scored(question, prediction, score));
    }
    return List.copyOf(raw.values());
  }

  private static Map<String, Double> figures(List<Scored> scored) {
    Map<String, Double> scores = new LinkedHashMap<>();
    putFigures(scores, "", scored, s -> true);
    putFigures(scores, "HasAns_", scored, s -> s.question().answerable());
    putFigures(scores, "NoAns_", scored, s -> !s.question().answerable());
    return scores;
  }

  private static void putFigures(
      Map<String, Double> scores, String prefix, List<Scored> all, Predicate<Scored> which) {
    double exact = 0;
    double f1 = 0;
    int total = 0;
    for (Scored scored : all) {
      if (which.test(scored)) {
        exact += scored.score().exact();
        f1 += scored.score().f1();
        total++;
      }
    }
    if (total > 0) {
      scores.put(prefix + "exact", 100 * exact / total);
      scores.put(prefix + "f1", 100 * f1 / total);
      scores.put(prefix + "total", (double) total);
    }
  }

  private static void putBest(
      Map<String, Double> scores,
      String key,
      List<Scored> raw,
      Map<String, Double> noAnswer,
      ToDoubleFunction<AnswerScore> figure) {
    Map<String, Scored> byId = new LinkedHashMap<>();
    raw.forEach(scored -> byId.put(scored.question().id(), scored));
    double current = raw.stream().filter(s -> !s.question().answerable()).count();
    double best = current;
    double threshold = 0;
    List<Map.Entry<String, Double>> rising = new ArrayList<>(noAnswer.entrySet());
    rising.sort(Comparator.comparingDouble(Map.Entry::getValue));
    for (Map.Entry<String, Double> entry : rising) {
      Scored scored = byId.get(entry.getKey());
      if (scored == null) {
        continue;
      }
      if (scored.question().answerable()) {
        current += figure.applyAsDouble(scored.score());
      } else if (!scored.prediction().isEmpty()) {
        current -= 1;
      }
      if (current > best) {
        best = current;
        threshold = entry.getValue();
      }
    }
    scores.put(key, 100 * best / raw.size());
    scores.put(key + "_thresh", threshold);
  }

  private static void requireQuestions(List<SquadQuestion> questions) {
    if (questions.isEmpty()) {
      throw new IllegalArgumentException("no questions, at least one is needed");
    }
  }

  private static <V> V required(Map<String, V> values, String id, String what) {
    V value = values.get(id);
    if (value == null) {
      throw new IllegalArgumentException("question '" + id + "' has no " + what);
    }
    return value;
  }
}
