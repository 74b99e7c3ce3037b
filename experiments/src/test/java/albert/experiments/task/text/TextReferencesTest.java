package albert.experiments.task.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.table.LabelFormat;
import albert.datasets.table.TableColumns;
import albert.datasets.table.TableTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.GlueTask;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.Score;
import albert.experiments.task.kind.References;
import albert.reports.summary.StudyDescription.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TextReferencesTest {

  private static final TextKind KIND = new TextKind();

  static List<TextTask> trained() {
    return KIND.tasks().stream().filter(task -> task != GlueTask.AX).toList();
  }

  @ParameterizedTest
  @MethodSource("trained")
  void everyReferenceHasEveryMetricOfItsTask(TextTask task) {
    boolean classes = task.kind() == LabelKind.CLASSIFICATION;
    List<Reference> references = KIND.references(data(task, some(task, 12), some(task, 9)));
    assertThat(references)
        .extracting(Reference::name)
        .containsExactly(
            classes ? "majority guess" : "mean of the training labels",
            classes ? "bag of words (naive Bayes)" : "word overlap (cosine)");
    for (Reference reference : references) {
      assertThat(reference.scores())
          .extracting(Score::metric)
          .containsExactlyElementsOf(task.metrics().stream().map(Metric::id).toList());
      assertThat(reference.scores())
          .allMatch(score -> score.task().equals(task.id()) && score.split().equals("dev"))
          .allMatch(score -> score.n() == 9 && score.protocol().equals(References.PROTOCOL));
    }
  }

  /** Matthews of four of six right, one wrong of each class, is (2·2 − 1·1) / (3·3) = 1/3. */
  @Test
  void aBagOfWordsIsScoredInMatthewsCorrelation() {
    List<TextExample> train =
        List.of(one("good fine", 1), one("good nice", 1), one("fine nice", 1), one("bad poor", 0));
    List<TextExample> dev =
        List.of(
            one("good", 1),
            one("nice", 1),
            one("bad", 1),
            one("poor", 0),
            one("bad", 0),
            one("fine", 0));
    List<Reference> references = KIND.references(data(GlueTask.COLA, train, dev));
    assertThat(value(references.get(0), "matthews_correlation")).isZero();
    assertThat(value(references.get(1), "matthews_correlation")).isCloseTo(1 / 3.0, within(1e-12));
  }

  /** Of three paraphrases two are: accuracy 2/3, precision 2/3 and recall 1, so F1 0.8. */
  @Test
  void theMajorityGuessHasF1() {
    List<TextExample> train = List.of(two("a", "a", 1), two("b", "b", 1), two("a", "b", 0));
    List<TextExample> dev = List.of(two("c", "c", 1), two("d", "d", 1), two("c", "d", 0));
    Reference majority = KIND.references(data(GlueTask.MRPC, train, dev)).get(0);
    assertThat(value(majority, "accuracy")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(value(majority, "f1")).isCloseTo(0.8, within(1e-12));
  }

  /** Overlaps 0, 1/2 and 1 against labels 1, 2 and 5: r is 2 / √(26/3 · 1/2) = 0.9608. */
  @Test
  void aRegressionHasOverlapAndAMeanWithoutCorrelation() {
    List<TextExample> train = List.of(two("a", "b", 1), two("a", "a", 4));
    List<TextExample> dev =
        List.of(two("a b", "c d", 1), two("a b", "B c.", 2), two("a b", "b a", 5));
    List<Reference> references = KIND.references(data(GlueTask.STS_B, train, dev));
    assertThat(references.get(0).scores())
        .allMatch(score -> score.value() == null)
        .allMatch(score -> "one side is constant".equals(score.reason()));
    assertThat(value(references.get(1), "pearson"))
        .isCloseTo(2 / Math.sqrt(13 / 3.0), within(1e-12));
    assertThat(value(references.get(1), "spearman")).isCloseTo(1, within(1e-12));
  }

  /**
   * The set {a} is the first of the most frequent; the bag of words tells labels a and b by their
   * own words.
   */
  @Test
  void setsOfLabelsHaveTheMostFrequentAndABagOfWordsForEach() {
    List<TextExample> train =
        List.of(
            set("red apple", 1, 0),
            set("red pear", 1, 0),
            set("big apple", 0, 1),
            set("big pear", 0, 1),
            set("big red", 1, 1));
    List<TextExample> dev = List.of(set("red", 1, 0), set("big", 0, 1), set("red big", 1, 1));
    TextTask task =
        new TableTask(
            new TableColumns("", "", ""),
            new LabelFormat(LabelKind.MULTI_LABEL, "|", List.of("a", "b")),
            0);
    List<Reference> references = KIND.references(data(task, train, dev));
    assertThat(references)
        .extracting(Reference::name)
        .containsExactly("most frequent set of labels", "bag of words (naive Bayes)");
    assertThat(value(references.get(0), "accuracy")).isCloseTo(1 / 3.0, within(1e-12));
    // a: 2 right of 2 + 3, b: never predicted
    assertThat(value(references.get(0), "macro_f1")).isCloseTo(0.8 / 2, within(1e-12));
    assertThat(value(references.get(1), "accuracy")).isEqualTo(1);
    assertThat(value(references.get(1), "micro_f1")).isEqualTo(1);
  }

  private static TextExample set(String text, double... labels) {
    return new TextExample(text, text, null, Arrays.stream(labels).boxed().toList());
  }

  private static double value(Reference reference, String metric) {
    return reference.scores().stream()
        .filter(score -> score.metric().equals(metric))
        .map(Score::value)
        .findFirst()
        .orElseThrow();
  }

  private static List<TextExample> some(TextTask task, int count) {
    int labels = Math.max(1, task.labels().size());
    List<TextExample> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String pair = task.isOfPairs() ? "word w" + i % 3 : null;
      examples.add(new TextExample("e" + i, "word w" + i % 2, pair, i % Math.min(labels, 5)));
    }
    return examples;
  }

  private static TextExample one(String text, double label) {
    return example(text, null, label);
  }

  private static TextExample two(String text, String pair, double label) {
    return example(text, pair, label);
  }

  private static TextExample example(String text, @Nullable String pair, double label) {
    return new TextExample(text + " " + pair + " " + label, text, pair, label);
  }

  private static TaskData<TextExample> data(
      TextTask task, List<TextExample> train, List<TextExample> dev) {
    return TaskData.of(
        task, Map.of(SplitName.TRAIN, train, SplitName.DEV, dev), task.labels(), "a test");
  }
}
