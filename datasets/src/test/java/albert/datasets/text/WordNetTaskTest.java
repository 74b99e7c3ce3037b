package albert.datasets.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.baseline.MajorityClass;
import albert.datasets.baseline.NaiveBayes;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.evaluation.metric.Metric;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class WordNetTaskTest {
  private static final TextTask TASK = new WordNetTask();
  private static final TaskData<TextExample> DATA = TASK.read(Path.of("anywhere"));

  @Test
  void splitIsTheDocumentedOne() {
    assertThat(DATA.examples(SplitName.TRAIN)).hasSize(87_602);
    assertThat(DATA.examples(SplitName.DEV)).hasSize(5_239);
    assertThat(DATA.examples(SplitName.TEST)).hasSize(5_782);
    assertThat(DATA.fingerprint().rows())
        .containsAllEntriesOf(Map.of("train", 87_602L, "dev", 5_239L, "test", 5_782L));
    assertThat(DATA.fingerprint().sha256())
        .isEqualTo("0823b388750895a17e81d2c39815050a452c67b8306a34ca9e1a86bff2f565ab");
    assertThat(TASK.read(Path.of("elsewhere")).fingerprint()).isEqualTo(DATA.fingerprint());
  }

  @Test
  void noLemmaAndNoDefinitionIsInTwoParts() {
    Map<String, WordNet.Synset> byId =
        WordNet.read().stream()
            .collect(
                Collectors.toMap(s -> s.partOfSpeech() + "." + s.offset(), Function.identity()));
    assertThat(byId).hasSize(117_791);
    Set<String> seen = new HashSet<>();
    for (SplitName name : DATA.splits().keySet()) {
      Set<String> keys = new HashSet<>();
      for (TextExample example : DATA.examples(name)) {
        WordNet.Synset synset = Objects.requireNonNull(byId.get(example.id()));
        keys.addAll(synset.lemmas());
        keys.add("= " + example.text().toLowerCase(Locale.ROOT));
      }
      assertThat(Collections.disjoint(seen, keys)).as("%s shares nothing", name).isTrue();
      seen.addAll(keys);
    }
  }

  @Test
  void everyClassIsLearntAndTextsAreDefinitions() {
    assertThat(TASK.labels()).hasSize(45).doesNotHaveDuplicates();
    List<TextExample> train = DATA.examples(SplitName.TRAIN);
    assertThat(train.stream().map(TextExample::labelIndex).distinct()).hasSize(45);
    assertThat(train).noneMatch(example -> example.text().contains("; \""));
    TextExample dog = example("noun.02086723");
    assertThat(TASK.labels().get(dog.labelIndex())).isEqualTo("noun.animal");
    assertThat(dog.text()).startsWith("a member of the genus Canis");
  }

  @Test
  void someOfItIsOfAllSorts() {
    List<TextExample> some = DATA.withFirstTrain(2_000).examples(SplitName.TRAIN);
    assertThat(some).hasSize(2_000).doesNotHaveDuplicates();
    assertThat(DATA.examples(SplitName.TRAIN)).containsAll(some);
    assertThat(some.stream().map(TextExample::labelIndex).distinct().count()).isGreaterThan(35);
    assertThat(some.stream().filter(example -> example.labelIndex() == 0).count())
        .isBetween(180L, 290L); // 11.8 % and four standard deviations
    assertThat(DATA.withFirstTrain(500).examples(SplitName.TRAIN)).isEqualTo(some.subList(0, 500));
  }

  private static TextExample example(String id) {
    return DATA.splits().values().stream()
        .flatMap(List::stream)
        .filter(example -> example.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBagOfWordsLearnsIt() {
    List<TextExample> train = DATA.examples(SplitName.TRAIN);
    List<TextExample> dev = DATA.examples(SplitName.DEV);
    int majority = MajorityClass.train(train, 45).labelIndex();
    NaiveBayes bagOfWords = NaiveBayes.train(train, 45);
    assertThat(accuracy(dev, example -> majority)).isEqualTo(604 / 5239.0);
    assertThat(accuracy(dev, bagOfWords::predict)).isBetween(0.678, 0.680);
  }

  private static double accuracy(List<TextExample> examples, ToIntFunction<TextExample> predict) {
    int[] gold = examples.stream().mapToInt(TextExample::labelIndex).toArray();
    return Metric.ACCURACY.compute(gold, examples.stream().mapToInt(predict).toArray()).orNaN();
  }

  @Test
  void malformedLinesAreNamed() {
    String good = "00001740 03 n 01 entity 0 001 ~ 00001930 n 0000 | that which is perceived\n";
    assertThatThrownBy(() -> read(good + "00001740 03 n 01 entity 0\n"))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("data.noun, line 2: it is not a synset");
    assertThatThrownBy(() -> read(good.replace(" 03 n", " 45 n")))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("data.noun, line 1: expected a lexicographer file below 45");
    assertThatThrownBy(() -> read(good.replace("that which is perceived", "; \"an example\"")))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("a definition");
    assertThatThrownBy(() -> read("  licence only\n"))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("no synset");
  }

  private static List<WordNet.Synset> read(String content) throws IOException {
    return WordNet.read("data.noun", "noun", new StringReader(content));
  }
}
