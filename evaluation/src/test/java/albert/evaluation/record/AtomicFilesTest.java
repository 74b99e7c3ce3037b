package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFilesTest {
  @TempDir private Path folder;

  @Test
  void replacesWhole() throws IOException {
    Path made = folder.resolve("new");
    Path file = made.resolve("file.txt");
    AtomicFiles.writeText(file, "a longer text");
    AtomicFiles.writeText(file, "é€😀");
    assertThat(file).hasContent("é€😀");
    assertThat(names(made)).containsExactly("file.txt");
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("file.txt");
    AtomicFiles.writeText(file, "old");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write("half".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("stopped");
                    }))
        .withMessage("stopped");
    assertThat(file).hasContent("old");
    assertThat(names(folder)).containsExactly("file.txt");
  }

  @Test
  void saysWhatCannotBeWritten() throws IOException {
    Path notAFolder = folder.resolve("plain");
    Files.writeString(notAFolder, "x");
    Path file = notAFolder.resolve("file.txt");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> AtomicFiles.writeText(file, "x"))
        .withMessage("cannot write " + file + ": " + notAFolder + " is no folder");
  }

  @Test
  void theTemporaryFileIsNotNamed() {
    // no file can be made in /proc, whoever tries
    Path file = Path.of("/proc/file.txt");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> AtomicFiles.writeText(file, "x"))
        .withMessageStartingWith("cannot write /proc/file.txt: ")
        .withMessageNotContaining(".tmp");
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
