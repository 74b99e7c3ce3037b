package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.HiddenAct;
import albert.model.io.safetensors.Safetensors;
import albert.model.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints written by TensorFlow 1 are read bit for bit, and written again with the same data.
 */
@Tag("golden")
class GoldenGoogleFilesTest {
  @TempDir private Path temporary;

  @TestFactory
  Stream<DynamicTest> everyCheckpointHasItsWeights() {
    return Golden.cases("google").stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> read(folder)));
  }

  private void read(Path folder) throws IOException {
    LoadedModel model = ModelDirectory.read(folder);
    assertThat(new HashMap<String, Object>(model.weights()))
        .isEqualTo(Safetensors.open(folder.resolve("weights.safetensors")).readAll());
    assertThat(model.head().kind()).isEqualTo(HeadKind.PRETRAINING);
    assertThat(model.notes()).isEmpty();
    assertThat(model.config().hiddenAct()).isNotEqualTo(HiddenAct.GELU);
    Path copy = temporary.resolve(String.valueOf(folder.getFileName()));
    assertThat(GoogleDirectory.write(copy, model)).isEmpty();
    String data = "model.ckpt-best.data-00000-of-00001";
    assertThat(Files.readAllBytes(copy.resolve(data)))
        .isEqualTo(Files.readAllBytes(folder.resolve(data)));
    LoadedModel again = ModelDirectory.read(copy);
    assertThat(again.weights()).isEqualTo(model.weights());
    assertThat(again.config()).isEqualTo(model.config());
  }
}
