package albert.experiments.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.TaskSource;
import albert.reports.summary.StudyDescription.Reference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the scores of a study have to beat, of data that is read in several ways. */
final class StudyReferencesTest {

  /**
   * Data of which the references alone are known.
   *
   * @param all of all training examples
   * @param some of fewer
   */
  private record Known(List<Reference> all, List<Reference> some) implements TaskSource {
    @Override
    public List<Reference> references(int maxTrainExamples) {
      return maxTrainExamples == 0 ? all : some;
    }

    @Override
    public DataFingerprint fingerprint(RunConfig config) {
      throw new UnsupportedOperationException();
    }

    @Override
    public EncodedTask encode(RunConfig config, Tokenizer tokenizer, Path tokenizerFile) {
      throw new UnsupportedOperationException();
    }
  }

  private static TaskSource source(String task, double majority, double words) {
    List<Reference> references = references(task, majority, words);
    return new Known(references, references);
  }

  private static List<Reference> references(String task, double majority, double words) {
    return List.of(
        new Reference("majority guess", List.of(score(task, majority))),
        new Reference("bag of words", List.of(score(task, words))));
  }

  private static Score score(String task, double value) {
    return Score.of(task, "accuracy", "dev", value, 10, "no training steps");
  }

  @Test
  void whatDiffersBetweenWaysToReadSaysOfWhichItIs() {
    Map<Map<String, Object>, TaskSource> sources = new LinkedHashMap<>();
    sources.put(
        Map.of("task", "csv", "text_column", "a", "dev_share", 0.1), source("csv", 0.5, 0.6));
    sources.put(
        Map.of("task", "csv", "text_column", "b", "dev_share", 0.1), source("csv", 0.5, 0.7));
    sources.put(Map.of("task", "rte"), source("rte", 0.4, 0.3));
    assertThat(StudyReferences.of(sources, using(sources, Set.of(0))).all())
        .extracting(Reference::name)
        .containsExactly(
            "majority guess",
            "bag of words, text_column a",
            "bag of words, text_column b",
            "majority guess",
            "bag of words");
  }

  @Test
  void whatLearnsFromSomeExamplesStandsBesideWhatLearnsFromAll() {
    Map<Map<String, Object>, TaskSource> sources =
        Map.of(
            Map.of("task", "wordnet"),
            new Known(references("wordnet", 0.1, 0.7), references("wordnet", 0.2, 0.5)));

    assertThat(StudyReferences.of(sources, using(sources, Set.of(5120))).all())
        .extracting(Reference::name, reference -> reference.scores().get(0).value())
        .containsExactly(
            tuple("majority guess", 0.2),
            tuple("bag of words, the same 5,120 training examples", 0.5),
            tuple("bag of words, all training examples", 0.7));
    assertThat(StudyReferences.of(sources, using(sources, Set.of(0))).all())
        .extracting(Reference::name)
        .containsExactly("majority guess", "bag of words");
  }

  private static Map<Map<String, Object>, Set<Integer>> using(
      Map<Map<String, Object>, TaskSource> sources, Set<Integer> sizes) {
    return sources.keySet().stream().collect(Collectors.toMap(keys -> keys, keys -> sizes));
  }
}
