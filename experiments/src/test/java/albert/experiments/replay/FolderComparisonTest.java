package albert.experiments.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions of texts are a file, those of questions a folder. */
final class FolderComparisonTest {

  @TempDir private Path folder;

  @BeforeEach
  void predict() throws IOException {
    for (String run : new String[] {"then", "now"}) {
      Files.createDirectories(folder.resolve(run).resolve("dev"));
      write(run, "dev.jsonl", "{\"label\": 1}\n{\"label\": 0}\n");
      write(run, "dev/predictions.json", "{\n\"q\": \"a stone\"\n}\n");
      write(run, "submission.zip", run);
    }
  }

  @Test
  void equalFilesAreEqual() throws IOException {
    FolderComparison comparison = new FolderComparison();
    assertThat(comparison.predictions(folder.resolve("then"), folder.resolve("now"))).isEmpty();
    assertThat(comparison.compared())
        .containsExactly(
            "2 lines of predictions/dev.jsonl", "3 lines of predictions/dev/predictions.json");
  }

  @Test
  void theFirstLineThatDiffersIsNamed() throws IOException {
    write("now", "dev/predictions.json", "{\n\"q\": \"a river\"\n}\n");
    assertThat(difference())
        .isEqualTo(
            "predictions/dev/predictions.json, line 2: \"q\": \"a stone\" then, \"q\": \"a river\""
                + " now");
    Files.delete(folder.resolve("now/dev/predictions.json"));
    assertThat(difference())
        .isEqualTo("predictions/dev/predictions.json, line 1: { then, none now");
    write("now", "dev.jsonl", "{\"label\": 1}\n{\"label\": 2}\n");
    assertThat(difference())
        .isEqualTo("predictions/dev.jsonl, line 2: {\"label\": 0} then, {\"label\": 2} now");
  }

  private String difference() throws IOException {
    return new FolderComparison()
        .predictions(folder.resolve("then"), folder.resolve("now"))
        .orElseThrow();
  }

  private void write(String run, String name, String text) throws IOException {
    Files.writeString(folder.resolve(run).resolve(name), text);
  }
}
