package albert.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.RecordFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MetricTest {

  @ParameterizedTest
  @EnumSource
  void everyMetricIsFoundByIdAndStaysInItsRange(Metric metric) {
    assertThat(Metric.of(metric.id())).contains(metric);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      double[] gold = random.ints(20, 0, 2).asDoubleStream().toArray();
      double[] predicted = random.ints(20, 0, 2).asDoubleStream().toArray();
      gold[0] = predicted[1] = 0;
      gold[1] = predicted[0] = 1;
      assertThat(metric.compute(gold, predicted).orNaN())
          .isBetween(metric.minimum(), metric.maximum());
      double best = metric.lowerIsBetter() ? metric.minimum() : metric.maximum();
      assertThat(metric.compute(gold, gold).orNaN()).isCloseTo(best, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUndefinedHasAReason(Metric metric) {
    assertThat(metric.compute(new int[0], new int[0]).reason()).isEqualTo("no examples");
    MetricValue broken = metric.compute(new double[] {0, 1}, new double[] {1, Double.NaN});
    assertThat(broken.value()).isNull();
    assertThat(broken.reason()).isEqualTo("prediction 1 is NaN");
    assertThat(broken.toScore("mrpc", metric.id(), "dev", 2, "last").reason())
        .isEqualTo("prediction 1 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric.compute(new int[2], new int[3]))
        .withMessage("2 labels and 3 predictions");
  }

  @ParameterizedTest
  @CsvSource({
    "ACCURACY, 0.6666666666666666",
    "F1, 0.6666666666666666",
    "MATTHEWS_CORRELATION, 0.5",
    "MACRO_F1, 0.6666666666666666",
    "MICRO_F1, 0.6666666666666666",
    "RMSE, 0.5773502691896258"
  })
  void workedByHand(Metric metric, double expected) {
    assertThat(metric.compute(new int[] {1, 1, 0}, new int[] {1, 0, 0}).orNaN())
        .isCloseTo(expected, within(1e-15));
  }

  /** Pairs of a positive and a negative, counted by hand; a tie is half a pair. */
  @ParameterizedTest
  @CsvSource({
    "1 0 1 0, 0.9 0.5 0.5 0.1, 0.875", // of 4 pairs 3 are right and 1 is a tie
    "1 1 0 0 0, 0.8 0.3 0.3 0.3 0.9, 0.5", // of 6: 0.8 beats 2, 0.3 ties with 2
    "0 1, 0.7 0.7, 0.5",
    "0 1, 0.7 0.2, 0",
    "1 0 0, 3 -2 2.5, 1"
  })
  void areasUnderTheCurveWorkedByHand(String gold, String predicted, double expected) {
    assertThat(Metric.AUROC.compute(numbers(gold), numbers(predicted)).orNaN())
        .isCloseTo(expected, within(1e-15));
  }

  @Test
  void noAreaUnderTheCurveOfOneClassOrOfThree() {
    assertThat(Metric.AUROC.compute(new double[] {1, 1}, new double[] {0.1, 0.2}).reason())
        .isEqualTo("all examples are of one class");
    assertThat(Metric.AUROC.compute(new double[] {0}, new double[] {0.1}).value()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metric.AUROC.compute(new double[] {0, 2}, new double[] {1, 2}))
        .withMessage("label 1 is 2.0, not 0 or 1");
  }

  private static double[] numbers(String text) {
    return Stream.of(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void squadNeedsPredictionsAndValues() {
    List<SquadQuestion> questions = List.of(new SquadQuestion("q1", List.of("a cat")));
    assertThat(SquadScores.v1(questions, Map.of())).containsEntry("f1", 0.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SquadScores.v2(questions, Map.of()))
        .withMessage("question 'q1' has no prediction");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SquadScores.v2(questions, Map.of("q1", "cat"), Map.of(), 1))
        .withMessage("question 'q1' has no probability of no answer");
    assertThatIllegalArgumentException().isThrownBy(() -> SquadScores.v1(List.of(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\": 5}|it has no list \"data\", expected SQuAD's official JSON",
        "{|line 1: it is not JSON",
        "{\"data\": [], \"version\": [{}]} {}|line 1: something follows the data set",
        "{\"data\": [{\"paragraphs\": [{\"qas\": [{\"answers\": []}]}]}]}|"
            + "in the article that begins on line 1: \"id\" is not there, expected a text",
      })
  void squadFilesAreChecked(String content, String problem, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("dataset.json");
    Files.writeString(file, content);
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> SquadFiles.questions(file))
        .withMessageContaining(problem);
    Files.writeString(file, "{\"q1\": 5, \"q2\": \"x\"}");
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> SquadFiles.predictions(file))
        .withMessageContaining("'q1' is a number, needed is a text");
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> SquadFiles.noAnswerProbabilities(file))
        .withMessageContaining("'q2' is a text, needed is a finite number");
  }

  @Test
  void entitiesNeedEqualSentences() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntityScores.of(List.of(List.of("O")), List.of(List.of())))
        .withMessageContaining("sentence 0 has 1 tags in gold, 0 predicted");
    EntityScores iobes =
        EntityScores.of(
            List.of(List.of("S-A", "S-A", "B-A", "E-A", "I-A")),
            List.of(List.of("S-A", "S-A", "B-A", "E-A", "O")));
    assertThat(iobes.overall()).isEqualTo(new EntityScores.Figures(3, 3, 4));
  }

  @Test
  void entitiesOfEveryScheme() {
    List<Entity> entities =
        List.of(new Entity("A", 0, 1), new Entity("A", 1, 3), new Entity("B-C", 4, 5));
    for (String tags :
        List.of("I-A B-A I-A O I-B-C", "S-A B-A E-A O S-B-C", "U-A B-A L-A O U-B-C")) {
      assertThat(Entity.of(List.of(tags.split(" ")))).as(tags).isEqualTo(entities);
    }
    assertThat(Entity.of(List.of())).isEmpty();
  }

  @Test
  void rougeOfALongDocument() {
    String text = "the quick brown fox ".repeat(300);
    assertThat(Rouge.of(text, text, true).rougeL().f()).isEqualTo(1);
  }
}
