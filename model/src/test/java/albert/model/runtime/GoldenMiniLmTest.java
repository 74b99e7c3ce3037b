package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.io.OnnxFile;
import albert.model.io.safetensors.Safetensors;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The real all-MiniLM-L6-v2 on real text, from its Hugging Face directory and from the jar. */
@Tag("golden")
class GoldenMiniLmTest {
  private static final String FORWARD = "forward.safetensors";

  @TestFactory
  Stream<DynamicContainer> cases() {
    return Golden.casesWith("minilm", FORWARD).stream()
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    String.valueOf(folder.getFileName()),
                    List.of(
                        DynamicTest.dynamicTest(
                            "Hugging Face directory", () -> compare(folder, directory())),
                        DynamicTest.dynamicTest("ONNX", () -> compare(folder, onnx())))));
  }

  private static LoadedModel directory() {
    String weights = Objects.requireNonNullElse(System.getenv("ALBERT_WEIGHTS"), "");
    assumeThat(weights)
        .as("ALBERT_WEIGHTS, the folder of all-MiniLM-L6-v2, is not set")
        .isNotEmpty();
    return ModelDirectory.read(Path.of(weights, "all-MiniLM-L6-v2"));
  }

  private static LoadedModel onnx() throws IOException {
    try (InputStream onnx =
        requireNonNull(GoldenMiniLmTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx"))) {
      return OnnxFile.read(Path.of("all-minilm-l6-v2.onnx"), onnx);
    }
  }

  private static void compare(Path folder, LoadedModel model) {
    Map<String, HostTensor> golden = Safetensors.open(folder.resolve(FORWARD)).readAll();
    Map<String, HostTensor> batch = new TreeMap<>(golden);
    batch
        .keySet()
        .retainAll(
            List.of(
                EncoderInputs.INPUT_IDS,
                EncoderInputs.ATTENTION_MASK,
                EncoderInputs.TOKEN_TYPE_IDS));
    assertThat(batch).hasSize(3);
    try (FrozenModel frozen =
        FrozenModel.of(model.config(), List.of(), model.weights(), RuntimeOptions.reproducible())) {
      Map<String, FloatTensor> got =
          frozen.predict(batch, List.of(Outputs.EMBEDDINGS, Outputs.SEQUENCE, Outputs.POOLED));
      int[] mask = ((IntTensor) requireNonNull(batch.get(EncoderInputs.ATTENTION_MASK))).values();
      FloatTensor sequence = masked(requireNonNull(got.get(Outputs.SEQUENCE)), mask);
      assertClose(golden, Outputs.POOLED, requireNonNull(got.get(Outputs.POOLED)));
      assertClose(golden, Outputs.SEQUENCE, sequence);
      assertClose(
          golden, Outputs.EMBEDDINGS, masked(requireNonNull(got.get(Outputs.EMBEDDINGS)), mask));
      assertClose(golden, "mean_pooled", mean(sequence, mask));
    }
  }

  private static void assertClose(Map<String, HostTensor> golden, String name, FloatTensor got) {
    Golden.assertClose(name, got, golden.get(name), Golden.FORWARD, 0);
  }

  /** With 0 at the padding, as the golden file has it. */
  private static FloatTensor masked(FloatTensor sequence, int[] mask) {
    float[] values = sequence.values().clone();
    int width = (int) sequence.shape()[2];
    for (int i = 0; i < values.length; i++) {
      values[i] *= mask[i / width];
    }
    return new FloatTensor(sequence.shape(), values);
  }

  /** The mean over the tokens. */
  private static FloatTensor mean(FloatTensor masked, int[] mask) {
    int batch = (int) masked.shape()[0];
    int length = (int) masked.shape()[1];
    int width = (int) masked.shape()[2];
    double[] sums = new double[batch * width];
    int[] tokens = new int[batch];
    for (int i = 0; i < masked.size(); i++) {
      sums[i / (length * width) * width + i % width] += masked.values()[i];
    }
    for (int i = 0; i < mask.length; i++) {
      tokens[i / length] += mask[i];
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / tokens[i / width]);
    }
    return FloatTensor.of(means, batch, width);
  }
}
