package albert.experiments.compress;

import static org.assertj.core.api.Assertions.assertThat;

import albert.experiments.Folders;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Matrices in files that may be cut off, changed, full or gone. */
final class StateFilesTest {
  private static final List<FloatTensor> TWO =
      List.of(
          FloatTensor.of(new float[] {1, -0f, Float.MIN_VALUE, 4, 5, 6}, 2, 3),
          FloatTensor.of(new float[] {7, 8, 9, 10, 11, 12}, 2, 3));

  @TempDir private Path parent;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    StateFiles files = files(1_000);
    assertThat(files.find("a")).isEmpty();
    files.write("a", TWO);
    assertThat(files(1_000).find("a")).contains(TWO);
    assertThat(files.find("b")).isEmpty();
  }

  @Test
  void whatIsCutOffOrChangedAnywhereIsNotThere() throws IOException {
    StateFiles files = files(1_000);
    files.write("a", TWO);
    Path file = folder().resolve("a.states");
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      Files.write(file, Arrays.copyOf(whole, i));
      assertThat(files.find("a")).as("%d bytes", i).isEmpty();
      byte[] changed = whole.clone();
      changed[i] ^= 0x10;
      Files.write(file, changed);
      assertThat(files.find("a")).as("byte %d", i).isNotEqualTo(java.util.Optional.of(TWO));
    }
  }

  @Test
  void aFullFolderTakesNoMore() throws IOException {
    StateFiles files = files(2 * 64 + 1);
    for (String name : List.of("a", "b", "c")) {
      files.write(name, TWO);
    }
    assertThat(Folders.bytes(folder())).isEqualTo(2 * 64);
    assertThat(files.find("c")).isEmpty();
    StateFiles later = files(2 * 64 + 1);
    later.write("d", TWO);
    assertThat(later.find("d")).as("what is there counts").isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenCostsNothingButTheFiles() throws IOException {
    StateFiles files = files(1_000);
    Files.writeString(folder(), "a file");
    files.write("a", TWO);
    assertThat(files.find("a")).isEmpty();
  }

  private Path folder() {
    return Objects.requireNonNull(parent).resolve("states");
  }

  private StateFiles files(long limit) throws IOException {
    return new StateFiles(folder(), limit);
  }
}
