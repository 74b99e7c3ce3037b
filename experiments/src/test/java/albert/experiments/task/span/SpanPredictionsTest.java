package albert.experiments.task.span;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.squad.SpanAnswer;
import albert.datasets.squad.SpanExample;
import albert.datasets.squad.SpanPrediction;
import albert.datasets.squad.SquadTask;
import albert.evaluation.record.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A threshold of no answer that was chosen on other questions than it is scored on. */
final class SpanPredictionsTest {

  private static final int QUESTIONS = 60;
  private static final IntPredicate EVEN = row -> row % 2 == 0;

  /** Against a plain search: every score as a threshold, right answers counted. */
  @Test
  void theThresholdOfOneHalfIsScoredOnTheOther() {
    Random random = new Random(7);
    boolean[] answerable = new boolean[QUESTIONS];
    boolean[] right = new boolean[QUESTIONS];
    double[] noAnswer = new double[QUESTIONS];
    List<SpanExample> questions = new ArrayList<>();
    List<SpanPrediction> answers = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      answerable[i] = random.nextInt(3) > 0;
      right[i] = random.nextInt(4) > 0;
      noAnswer[i] = random.nextGaussian() + (answerable[i] ? 0 : 1.5);
      questions.add(
          new SpanExample(
              "q" + i,
              "title",
              "which?",
              "red blue",
              answerable[i] ? List.of(new SpanAnswer("red", 0)) : List.of()));
      String text = right[i] ? "red" : "blue";
      answers.add(
          new SpanPrediction(
              "q" + i,
              List.of(new SpanPrediction.Candidate(text, 1, 0, 0, right[i] ? 0 : 4)),
              noAnswer[i]));
    }
    double best = 0;
    int most = (int) IntStream.range(0, QUESTIONS).filter(EVEN).filter(i -> !answerable[i]).count();
    for (double above : noAnswer(noAnswer)) {
      int correct = correct(EVEN, answerable, right, noAnswer, above);
      if (correct > most) {
        most = correct;
        best = above;
      }
    }
    SpanPredictions predictions = new SpanPredictions(SquadTask.V2_0, questions, answers, 0);
    List<Score> scores = predictions.transferredScores(EVEN, EVEN.negate(), "dev-half", "last");
    assertThat(scores)
        .allMatch(score -> score.protocol().equals("last, threshold chosen on the other half"))
        .allMatch(score -> score.split().equals("dev-half") && score.n() == QUESTIONS / 2)
        .contains(
            Score.of(
                SquadTask.V2_0.id(),
                "exact",
                "dev-half",
                100.0 * correct(EVEN.negate(), answerable, right, noAnswer, best) / (QUESTIONS / 2),
                QUESTIONS / 2,
                "last, threshold chosen on the other half"))
        .extracting(Score::metric)
        .containsExactly("f1", "exact", "HasAns_exact", "HasAns_f1", "NoAns_exact", "NoAns_f1");
    assertThat(best).isNotZero();
  }

  @Test
  void whereEveryQuestionHasAnAnswerNothingIsChosen() {
    SpanPredictions predictions =
        new SpanPredictions(SquadTask.V1_1, List.of(), List.of(), Double.POSITIVE_INFINITY);
    assertThat(predictions.transferredScores(EVEN, EVEN.negate(), "dev-half", "last")).isEmpty();
  }

  private static double[] noAnswer(double[] scores) {
    return IntStream.range(0, QUESTIONS)
        .filter(EVEN)
        .mapToDouble(i -> scores[i])
        .sorted()
        .toArray();
  }

  private static int correct(
      IntPredicate rows, boolean[] answerable, boolean[] right, double[] noAnswer, double above) {
    return (int)
        IntStream.range(0, QUESTIONS)
            .filter(rows)
            .filter(i -> noAnswer[i] > above ? !answerable[i] : answerable[i] && right[i])
            .count();
  }
}
