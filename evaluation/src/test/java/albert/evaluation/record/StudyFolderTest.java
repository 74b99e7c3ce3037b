package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a study, whatever it is called. */
final class StudyFolderTest {

  @TempDir private Path root;

  private StudyFolder renamed(String name) throws IOException {
    new RunStore(root).write(Runs.finished("s", "a"));
    new RunStore(root).write(Runs.running("s", "b").build());
    return new StudyFolder(Files.move(root.resolve("s"), root.resolve(name)));
  }

  @Test
  void aRenamedFolderHasItsRuns() throws IOException {
    StudyFolder folder = renamed("s (copy 2)");
    assertThat(folder.list().records()).extracting(RunRecord::runId).containsExactly("a", "b");
    assertThat(folder.list().unreadable()).isEmpty();
    assertThat(folder.read("a")).contains(Runs.finished("s", "a"));
    assertThat(RunProgress.of(folder))
        .extracting(RunProgress::state)
        .containsExactly(RunProgress.State.FINISHED, RunProgress.State.BROKEN_OFF);
  }

  @Test
  void aStoreHasTheRunsOfARenamedStudy() throws IOException {
    renamed("t");
    assertThat(new RunStore(root).list().records()).hasSize(2);
    assertThat(new RunStore(root).read("t", "a")).isPresent();
  }

  @Test
  void theRecordOfAnotherRunIsNone() throws IOException {
    StudyFolder folder = renamed("t");
    Files.move(folder.directory("a").path(), folder.directory("c").path());
    assertThat(folder.list().records()).extracting(RunRecord::runId).containsExactly("b");
    assertThat(folder.list().unreadable())
        .singleElement()
        .asString()
        .contains("is the record of s/a, but lies in t/c");
    assertThatExceptionOfType(RecordFormatException.class).isThrownBy(() -> folder.read("c"));
  }
}
