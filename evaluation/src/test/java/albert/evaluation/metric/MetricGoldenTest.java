package albert.evaluation.metric;

import static albert.evaluation.GoldenCases.assertClose;
import static albert.evaluation.GoldenCases.integers;
import static albert.evaluation.GoldenCases.numbers;
import static albert.evaluation.GoldenCases.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import albert.evaluation.GoldenCases;
import albert.evaluation.metric.SquadVersion.AnswerScore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("golden")
final class MetricGoldenTest {

  @TestFactory
  List<DynamicTest> glue() throws IOException {
    return GoldenCases.lines(
        "glue_metrics",
        golden -> {
          Metric metric = Metric.of(golden.get("metric").textValue()).orElseThrow();
          MetricValue value =
              metric.compute(numbers(golden.get("gold")), numbers(golden.get("predicted")));
          assertClose(metric.id(), value.orNaN(), golden.get("expected"));
        });
  }

  @TestFactory
  List<DynamicTest> squadPairs() throws IOException {
    return GoldenCases.lines(
        "squad_pairs",
        golden -> {
          List<String> gold = texts(golden.get("gold"));
          String prediction = golden.get("prediction").textValue();
          assertThat(SquadText.normalize(prediction))
              .isEqualTo(golden.get("normalized_prediction").textValue());
          if (golden.get("em").isNull()) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> SquadVersion.V1_1.score(gold, prediction));
          } else {
            AnswerScore v1 = SquadVersion.V1_1.score(gold, prediction);
            assertClose("em", v1.exact(), golden.get("em"));
            assertClose("f1", v1.f1(), golden.get("f1"));
          }
          AnswerScore v2 = SquadVersion.V2_0.score(gold, prediction);
          assertClose("em_v2", v2.exact(), golden.get("em_v2"));
          assertClose("f1_v2", v2.f1(), golden.get("f1_v2"));
        });
  }

  @TestFactory
  List<DynamicTest> squadV1() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : GoldenCases.folders("squad_v1")) {
      tests.add(
          DynamicTest.dynamicTest(
              String.valueOf(folder.getFileName()),
              () ->
                  assertScores(
                      SquadScores.v1(questions(folder), predictions(folder)),
                      folder.resolve("expected.json"))));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> squadV2() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : GoldenCases.folders("squad_v2")) {
      String name = String.valueOf(folder.getFileName());
      tests.add(squadV2(folder, name, "na_prob.json", "expected.json"));
      tests.add(squadV2(folder, name, "na_score.json", "expected_na_score.json"));
      tests.add(
          DynamicTest.dynamicTest(
              name + " without no-answer values",
              () ->
                  assertScores(
                      SquadScores.v2(questions(folder), predictions(folder)),
                      folder.resolve("expected_without_na.json"))));
    }
    return tests;
  }

  private static DynamicTest squadV2(Path folder, String name, String values, String expected) {
    return DynamicTest.dynamicTest(
        name + " " + values,
        () ->
            assertScores(
                SquadScores.v2(
                    questions(folder),
                    predictions(folder),
                    SquadFiles.noAnswerProbabilities(folder.resolve(values)),
                    SquadScores.DEFAULT_THRESHOLD),
                folder.resolve(expected)));
  }

  private static List<SquadQuestion> questions(Path folder) throws IOException {
    return SquadFiles.questions(folder.resolve("dataset.json"));
  }

  private static Map<String, String> predictions(Path folder) throws IOException {
    return SquadFiles.predictions(folder.resolve("predictions.json"));
  }

  private static void assertScores(Map<String, Double> got, Path file) throws IOException {
    assertThat(Files.exists(file)).as(file.toString()).isTrue();
    JsonNode expected = GoldenCases.json(file);
    List<String> keys = new ArrayList<>();
    expected.fieldNames().forEachRemaining(keys::add);
    assertThat(got.keySet()).containsExactlyElementsOf(keys);
    got.forEach((key, value) -> assertClose(key, value, expected.get(key)));
  }

  @TestFactory
  List<DynamicTest> seqeval() throws IOException {
    return GoldenCases.lines(
        "seqeval",
        golden -> {
          EntityScores scores =
              EntityScores.of(sentences(golden.get("gold")), sentences(golden.get("predicted")));
          assertFigures(scores.overall(), golden);
          assertClose("accuracy", scores.accuracy().orNaN(), golden.get("accuracy"));
          List<String> types = new ArrayList<>();
          golden.get("per_type").fieldNames().forEachRemaining(types::add);
          assertThat(scores.perType().keySet()).containsExactlyInAnyOrderElementsOf(types);
          scores
              .perType()
              .forEach(
                  (type, figures) -> {
                    JsonNode expected = golden.get("per_type").get(type);
                    assertFigures(figures, expected);
                    assertThat(figures.support()).isEqualTo(expected.get("support").intValue());
                  });
        });
  }

  private static void assertFigures(EntityScores.Figures got, JsonNode expected) {
    assertClose("precision", got.precision(), expected.get("precision"));
    assertClose("recall", got.recall(), expected.get("recall"));
    assertClose("f1", got.f1(), expected.get("f1"));
  }

  private static List<List<String>> sentences(JsonNode list) {
    List<List<String>> sentences = new ArrayList<>();
    list.forEach(sentence -> sentences.add(texts(sentence)));
    return sentences;
  }

  @TestFactory
  List<DynamicTest> rouge() throws IOException {
    return GoldenCases.lines(
        "rouge",
        golden -> {
          assertRouge(golden, golden, false);
          assertRouge(golden, golden.get("stemmed"), true);
        });
  }

  private static void assertRouge(JsonNode golden, JsonNode expected, boolean stemmed) {
    Rouge got =
        Rouge.of(
            golden.get("reference").textValue(), golden.get("prediction").textValue(), stemmed);
    assertOverlap(got.rouge1(), expected.get("rouge1"));
    assertOverlap(got.rouge2(), expected.get("rouge2"));
    assertOverlap(got.rougeL(), expected.get("rougeL"));
    assertOverlap(got.rougeLsum(), expected.get("rougeLsum"));
  }

  private static void assertOverlap(Rouge.Overlap got, JsonNode expected) {
    assertClose("p", got.precision(), expected.get("p"));
    assertClose("r", got.recall(), expected.get("r"));
    assertClose("f", got.f(), expected.get("f"));
  }

  /** Labels of GLUE's classification tasks are integers; both ways of giving them agree. */
  @TestFactory
  List<DynamicTest> integerLabels() throws IOException {
    return GoldenCases.lines(
        "glue_metrics",
        golden -> {
          Metric metric = Metric.of(golden.get("metric").textValue()).orElseThrow();
          int[] gold = integers(golden.get("gold"));
          int[] predicted = integers(golden.get("predicted"));
          if (gold.length > 0 && golden.get("gold").get(0).isInt()) {
            assertClose(
                metric.id(), metric.compute(gold, predicted).orNaN(), golden.get("expected"));
          }
        });
  }
}
