package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of the README is that of the published results. */
class ReadmeTest {

  @Test
  void theTableIsMadeOfThePublishedRuns() throws Exception {
    PublishedResults results = PublishedResults.read(Path.of("published", "quickstart.jsonl"));
    assertThat(results.runs()).hasSize(8).allMatch(run -> run.status() == RunStatus.FINISHED);
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(results.markdown());
  }
}
