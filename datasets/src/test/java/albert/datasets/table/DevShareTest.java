package albert.datasets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held out as dev. */
final class DevShareTest {

  private static TaskData<TextExample> data(LabelKind kind, List<TextExample> examples) {
    List<String> labels = kind == LabelKind.REGRESSION ? List.of() : List.of("a", "b", "c");
    TableTask task =
        new TableTask(new TableColumns("", "", ""), new LabelFormat(kind, "|", labels), 0);
    return TaskData.of(task, Map.of(SplitName.TRAIN, examples), labels, "own data: t.csv");
  }

  /** Two in three texts are there more than once, with other capitals and white space. */
  private static List<TextExample> examples(int count) {
    List<TextExample> examples = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < count; i++) {
      String text = "Text  number " + random.nextInt(count / 2);
      examples.add(
          new TextExample(
              String.valueOf(i + 2),
              i % 2 == 0 ? text : text.toUpperCase(Locale.ROOT),
              null,
              i % 3));
    }
    return examples;
  }

  private static Set<String> texts(TaskData<TextExample> data, SplitName part) {
    return data.examples(part).stream()
        .map(example -> DevShare.folded(example.text()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.05, 0.1, 0.3, 0.5, 0.9})
  void noTextIsOnBothSidesAndTheShareIsKept(double share) {
    List<TextExample> all = examples(400);
    TaskData<TextExample> split = new DevShare(share).of(data(LabelKind.CLASSIFICATION, all));
    assertThat(texts(split, SplitName.TRAIN))
        .doesNotContainAnyElementsOf(texts(split, SplitName.DEV));
    int dev = split.examples(SplitName.DEV).size();
    assertThat(split.examples(SplitName.TRAIN)).hasSize(400 - dev);
    assertThat((double) dev).isBetween(Math.max(1, 400 * share), 400 * share + 10);
    assertThat(split.fingerprint().source())
        .isEqualTo(
            "own data: t.csv; %d of 400 examples held out as dev by the hash of their texts", dev);
  }

  @Test
  void theSplitFollowsFromTheTextsAlone() {
    List<TextExample> all = examples(300);
    List<TextExample> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(1));
    TaskData<TextExample> one = new DevShare(0.1).of(data(LabelKind.CLASSIFICATION, all));
    TaskData<TextExample> other = new DevShare(0.1).of(data(LabelKind.CLASSIFICATION, shuffled));
    assertThat(texts(other, SplitName.DEV)).isEqualTo(texts(one, SplitName.DEV));
    assertThat(one.examples(SplitName.DEV))
        .isSubsetOf(all)
        .isSortedAccordingTo(
            java.util.Comparator.comparingInt(example -> Integer.parseInt(example.id())));
    TaskData<TextExample> larger = new DevShare(0.3).of(data(LabelKind.CLASSIFICATION, all));
    assertThat(texts(larger, SplitName.DEV)).containsAll(texts(one, SplitName.DEV));
  }

  @Test
  void everyLabelOfDevIsInTrain() {
    for (int rare = 0; rare < 40; rare++) {
      List<TextExample> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(new TextExample("" + i, "text " + i, null, i == rare ? 2 : i % 2));
      }
      TaskData<TextExample> split = new DevShare(0.4).of(data(LabelKind.CLASSIFICATION, all));
      Set<Double> trained = new HashSet<>();
      split.examples(SplitName.TRAIN).forEach(example -> trained.add(example.label()));
      assertThat(split.examples(SplitName.DEV))
          .isNotEmpty()
          .allMatch(example -> trained.contains(example.label()));
    }
  }

  @Test
  void everyLabelOfASetIsInTrain() {
    List<TextExample> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<Double> labels = List.of(i % 2 == 0 ? 1.0 : 0.0, i == 7 ? 1.0 : 0.0, i == 8 ? 1.0 : 0.0);
      all.add(new TextExample("" + i, "text " + i, null, labels));
    }
    TaskData<TextExample> split = new DevShare(0.9).of(data(LabelKind.MULTI_LABEL, all));
    assertThat(split.examples(SplitName.TRAIN)).extracting(TextExample::id).contains("7", "8");
    assertThat(split.examples(SplitName.DEV)).isNotEmpty();
  }

  @Test
  void pairsAreHeldOutByBothTexts() {
    List<TextExample> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(new TextExample("" + i, "same", "other " + i / 2, i));
    }
    TaskData<TextExample> split = new DevShare(0.2).of(data(LabelKind.REGRESSION, all));
    Set<String> trained =
        split.examples(SplitName.TRAIN).stream().map(TextExample::pair).collect(Collectors.toSet());
    assertThat(split.examples(SplitName.DEV))
        .hasSize(12)
        .noneMatch(example -> trained.contains(example.pair()));
  }

  @Test
  void tooFewTextsAreRefused() {
    List<TextExample> same =
        List.of(new TextExample("2", "a", null, 0), new TextExample("3", "A ", null, 0));
    assertThatThrownBy(() -> new DevShare(0.1).of(data(LabelKind.CLASSIFICATION, same)))
        .hasMessageStartingWith("own data: t.csv: with dev_share 0.1 nothing is left for");
    List<TextExample> unique =
        List.of(new TextExample("2", "a", null, 0), new TextExample("3", "b", null, 1));
    assertThatThrownBy(() -> new DevShare(0.5).of(data(LabelKind.CLASSIFICATION, unique)))
        .hasMessageContaining("every label is on one text alone");
  }
}
