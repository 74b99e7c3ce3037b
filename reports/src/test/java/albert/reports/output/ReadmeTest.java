package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of README and documentation are those of the published results. */
class ReadmeTest {

  @ParameterizedTest
  @CsvSource({
    "quickstart, 12, README.md",
    "sharing-by-embedding, 40, docs/measured.md",
    "pretraining, 10, docs/measured.md",
    "continued, 15, docs/measured.md",
  })
  void theTableIsMadeOfThePublishedRuns(String study, int runs, Path page) throws Exception {
    PublishedResults results = PublishedResults.read(Path.of("published", study + ".jsonl"));
    assertThat(results.runs()).hasSize(runs).allMatch(run -> run.status() == RunStatus.FINISHED);
    assertThat(Files.readString(Path.of("..").resolve(page))).contains(results.markdown());
  }
}
