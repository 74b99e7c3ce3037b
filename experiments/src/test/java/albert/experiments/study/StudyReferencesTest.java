package albert.experiments.study;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** What the scores of a study have to beat, of data that is read in several ways. */
final class StudyReferencesTest {

  /** Data of which the references alone are known. */
  private record Known(List<Reference> references) implements TaskSource {
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
    return new Known(
        List.of(
            new Reference("majority guess", List.of(score(task, majority))),
            new Reference("bag of words", List.of(score(task, words)))));
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
    assertThat(new StudyReferences(sources).all())
        .extracting(Reference::name)
        .containsExactly(
            "majority guess",
            "bag of words, text_column a",
            "bag of words, text_column b",
            "majority guess",
            "bag of words");
  }
}
