package albert.experiments.study;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.StrictJson;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.config.RecordedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The studies that come with the suite. */
class StudiesTest {
  private static final Path STUDIES = Path.of("studies");

  /** What a study's own comment says how to make, and the checkpoint whose architecture it has. */
  private static final Map<String, String> MADE_BEFORE =
      Map.of("sentence-order", PretrainedModels.MINILM);

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(STUDIES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyStudyCanBeRun(Path file) {
    Study study = StudyFile.read(file);
    PretrainedModels models = new PretrainedModels();
    RunPlan plan =
        RunPlan.of(study, name -> models.architecture(MADE_BEFORE.getOrDefault(name, name)));
    assertThat(plan.runs()).isNotEmpty();
    assertThat(study.baseline()).as("baseline").isPresent();
    assertThat(study.question()).endsWith("?");
  }

  /** What was published is found again, and not run anew, as far as the configuration goes. */
  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "sharing-by-embedding"})
  void thePublishedRunsAreThoseOfTheStudy(String name) throws IOException {
    RunPlan plan =
        RunPlan.of(StudyFile.read(STUDIES.resolve(name + ".yaml")), new PretrainedModels());
    Path file = Path.of("../reports/published").resolve(name + ".jsonl");
    Set<Map<String, Object>> published = new HashSet<>();
    for (String line : Files.readAllLines(file)) {
      RunRecord record = new StrictJson().parse(file, 1, line, RunRecord.class);
      published.add(RecordedConfig.of(record.config()).identity());
    }
    assertThat(plan.runs().stream().map(run -> run.config().identity()).collect(Collectors.toSet()))
        .isEqualTo(published);
  }
}
