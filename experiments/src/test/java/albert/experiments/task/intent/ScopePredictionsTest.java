package albert.experiments.task.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.intent.ClincTask;
import albert.datasets.text.TextExample;
import albert.evaluation.metric.MetricValue;
import albert.evaluation.record.Score;
import albert.experiments.task.intent.ScopeFigures.Answer;
import albert.experiments.task.intent.ScopeFigures.Guess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Queries out of scope: their scores, and the threshold that tells them. */
final class ScopePredictionsTest {
  /** Three in scope, of which one is right, one wrong, one taken for out of scope; two others. */
  @Test
  void figuresWorkedByHand() {
    List<Answer> answers =
        List.of(
            new Guess(false, true, 0.9).answer(0.5),
            new Guess(false, false, 0.8).answer(0.5),
            new Guess(false, true, 0.4).answer(0.5),
            new Guess(true, false, 0.4).answer(0.5),
            new Guess(true, false, 0.6).answer(0.5));
    Map<String, MetricValue> figures = ScopeFigures.of(answers);
    assertThat(figures.keySet()).containsExactlyElementsOf(new ClincTask().metricIds());
    assertThat(of(figures, "accuracy").orNaN()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(of(figures, "oos_recall").orNaN()).isEqualTo(0.5);
    // of 6 pairs: 0.4 is below 0.9 and 0.8 and ties with 0.4; 0.6 is below 0.9 and 0.8
    assertThat(of(figures, "oos_auroc").orNaN()).isCloseTo(4.5 / 6, within(1e-15));
  }

  @Test
  void ofOneKindAloneTheRestIsUndefined() {
    Map<String, MetricValue> figures = ScopeFigures.of(List.of(new Answer(false, true, 0.5)));
    assertThat(of(figures, "accuracy").orNaN()).isEqualTo(1);
    assertThat(of(figures, "oos_recall").reason()).isEqualTo("no query is out of scope");
    assertThat(of(figures, "oos_auroc").reason()).isEqualTo("all examples are of one class");
    assertThat(of(ScopeFigures.of(List.of(new Answer(true, true, 0.5))), "accuracy").value())
        .isNull();
  }

  /** Against a plain search through every confidence, ties among them. */
  @Test
  void theThresholdIsTheLowestOfTheBest() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<Guess> guesses = new ArrayList<>();
      TreeSet<Double> thresholds = new TreeSet<>();
      for (int i = 0; i < 1 + random.nextInt(30); i++) {
        boolean outOfScope = random.nextInt(3) == 0;
        double confidence = (1 + random.nextInt(12)) / 16.0;
        guesses.add(new Guess(outOfScope, !outOfScope && random.nextBoolean(), confidence));
        thresholds.add(confidence);
      }
      double best = 0;
      long most = -1;
      for (double threshold : thresholds) {
        long right = guesses.stream().filter(guess -> guess.answer(threshold).right()).count();
        if (right > most) {
          most = right;
          best = threshold;
        }
      }
      assertThat(ScopeFigures.threshold(guesses)).as("round %d", round).isEqualTo(best);
    }
    assertThat(ScopeFigures.threshold(List.of())).isZero();
  }

  /** Intent 0 is right for a, b and c; d and e are out of scope. */
  private static ScopePredictions predictions(double fixed) {
    List<TextExample> queries = new ArrayList<>();
    int[] labels = {0, 0, 0, 2, 2};
    for (int i = 0; i < labels.length; i++) {
      queries.add(new TextExample("q" + i, "text", null, labels[i]));
    }
    return new ScopePredictions(
        new ClincTask(),
        List.of("greet", "part"),
        fixed,
        queries,
        List.of(row(0.9), row(0.8), row(0.55), row(0.5), row(0.6)));
  }

  private static double[] row(double first) {
    return new double[] {first, 1 - first};
  }

  @Test
  void theProtocolSaysWhatTheThresholdWasChosenOn() {
    List<Score> chosen = predictions(0).scores(row -> true, "dev", "last");
    assertThat(chosen)
        .allMatch(s -> s.protocol().equals("last, threshold chosen on dev") && s.n() == 5)
        .extracting(Score::value)
        .containsExactly(1.0, 0.5, 5.0 / 6); // 0.55 and 0.8 are equally good
    assertThat(predictions(0).chosen().keys()).isEqualTo(Map.of("oos_threshold", 0.55));
    assertThat(predictions(0).chosen().protocol("best-on-dev of 2"))
        .isEqualTo("best-on-dev of 2, threshold chosen on dev");
    List<Score> given = predictions(0.7).scores(row -> true, "dev", "last");
    assertThat(given)
        .allMatch(s -> s.protocol().equals("last"))
        .extracting(Score::value)
        .containsExactly(2.0 / 3, 1.0, 5.0 / 6);
    assertThat(predictions(0.7).chosen().keys()).isEmpty();
    assertThat(predictions(0.7).chosen().protocol("last")).isEqualTo("last");
    assertThat(predictions(0.7).transferredScores(row -> true, row -> true, "dev-half", "last"))
        .isEmpty();
  }

  /** Of the first four 0.55 is best; the last, with 0.6, is above it. */
  @Test
  void theThresholdOfOneHalfIsScoredOnTheOther() {
    List<Score> scores =
        predictions(0).transferredScores(row -> row < 4, row -> row == 4, "dev-half", "last");
    assertThat(scores)
        .allMatch(s -> s.protocol().equals("last, threshold chosen on the other half"))
        .filteredOn(s -> s.metric().equals("oos_recall"))
        .singleElement()
        .satisfies(s -> assertThat(s.value()).isZero());
  }

  /** Where it is learnt it is an answer like others, and told by its own probability. */
  @Test
  void outOfScopeMayBeALabel() {
    List<TextExample> queries = new ArrayList<>();
    int[] labels = {0, 1, 2, 2};
    for (int i = 0; i < labels.length; i++) {
      queries.add(new TextExample("q" + i, "text", null, labels[i]));
    }
    List<double[]> probabilities =
        List.of(
            new double[] {0.7, 0.1, 0.2},
            new double[] {0.6, 0.3, 0.1},
            new double[] {0.2, 0.2, 0.6},
            new double[] {0.5, 0.2, 0.3});
    ScopePredictions plain =
        new ScopePredictions(
            new ClincTask(true), List.of("greet", "part", "oos"), 0, queries, probabilities);
    assertThat(plain.scores(row -> true, "dev", "last"))
        .allMatch(s -> s.protocol().equals("last") && s.n() == 4)
        .extracting(Score::value)
        .containsExactly(0.5, 0.5, 1.0); // by the largest probability it would be 3.5 of 4
    assertThat(plain.chosen().keys()).isEmpty();
    assertThat(plain.transferredScores(row -> true, row -> true, "dev-half", "last")).isEmpty();
    ScopePredictions strict =
        new ScopePredictions(plain.task(), plain.labels(), 0.65, queries, probabilities);
    assertThat(strict.scores(row -> true, "dev", "last"))
        .as("a threshold that is given takes further ones for out of scope")
        .extracting(Score::value)
        .containsExactly(0.5, 1.0, 1.0);
  }

  private static MetricValue of(Map<String, MetricValue> figures, String name) {
    return Objects.requireNonNull(figures.get(name));
  }
}
