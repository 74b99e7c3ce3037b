package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Directories as transformers writes them are read whole, and written again with the same bytes.
 */
@Tag("golden")
class GoldenHuggingFaceFilesTest {
  @TempDir private Path temporary;

  @TestFactory
  Stream<DynamicTest> everyCaseIsReadWhole() {
    return Golden.cases("hf").stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    String.valueOf(folder.getFileName()), () -> readAndWrite(folder)));
  }

  private void readAndWrite(Path folder) throws IOException {
    LoadedModel model = ModelDirectory.read(folder);
    String name = String.valueOf(folder.getFileName());
    EncoderConfig config = model.config();
    boolean albert = config.modelType() == ModelType.ALBERT;
    assertThat(model.notes()).isEmpty();
    assertThat(config.hiddenAct()).isEqualTo(albert ? HiddenAct.GELU_NEW : HiddenAct.GELU);
    assertThat(config.projectEqualSizes()).isEqualTo(albert);
    assertThat(config.ffnOutputDropout()).isEqualTo(!albert);
    if (name.endsWith("-classification") && !name.contains("token")) {
      assertThat(model.head().labels()).hasSize(model.head().outputs());
    }
    assertThat(model.hasPooler()).isEqualTo(model.head().kind().needsPooler());

    Map<String, HostTensor> original =
        Safetensors.open(folder.resolve("model.safetensors")).readAll();
    long values = original.values().stream().mapToLong(HostTensor::size).sum();
    assertThat(model.weights().values().stream().mapToLong(FloatTensor::size).sum())
        .isEqualTo(values);
    Path copy = temporary.resolve(name);
    assertThat(HuggingFaceDirectory.write(copy, model)).isEmpty();
    assertThat(Safetensors.open(copy.resolve("model.safetensors")).readAll()).isEqualTo(original);
    LoadedModel again = ModelDirectory.read(copy);
    assertThat(again.config()).isEqualTo(config);
    assertThat(again.head()).isEqualTo(model.head());
    assertThat(again.weights()).isEqualTo(model.weights());
  }
}
