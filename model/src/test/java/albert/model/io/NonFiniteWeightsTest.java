package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.NonFiniteException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that are NaN or infinite are named, in whatever format they come. */
final class NonFiniteWeightsTest {

  private static final String VARIABLE = "bert/pooler/dense/kernel";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void everyFormatIsChecked(float value) throws IOException {
    LoadedModel model = broken(value);
    Path suite = folder.resolve("suite");
    CheckpointDirectory.write(suite, model);
    assertNamed(() -> ModelDirectory.read(suite), "model.safetensors", VARIABLE);
    Path huggingFace = folder.resolve("hf");
    HuggingFaceDirectory.write(huggingFace, model);
    assertNamed(() -> ModelDirectory.read(huggingFace), "model.safetensors", "pooler.dense.weight");
    Path google = folder.resolve("google");
    GoogleDirectory.write(google, model);
    assertNamed(() -> ModelDirectory.read(google), index(google), VARIABLE);
    byte[] onnx = OnnxFiles.write(model);
    assertNamed(
        () -> OnnxFile.read(Path.of("model.onnx"), new ByteArrayInputStream(onnx)),
        "model.onnx",
        "pooler.dense.weight");
  }

  /** At any place, and whatever stands beside it: the check adds bits up. */
  @Test
  void everyValueIsLookedAt() {
    for (int at = 0; at < 19; at++) {
      for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
        float[] values = new float[19];
        java.util.Arrays.fill(values, at % 2 == 0 ? -Float.MAX_VALUE : Float.MIN_VALUE);
        assertThat(FloatTensor.isFinite(values, 0, values.length)).isTrue();
        values[at] = value;
        values[(at + 1) % 19] = -0.0f;
        assertThat(FloatTensor.isFinite(values, 0, values.length)).isFalse();
        assertThat(FloatTensor.isFinite(values, at + 1, values.length)).isTrue();
        assertThat(FloatTensor.isFinite(values, 0, at)).isTrue();
        assertThat(FloatTensor.of(values, 19).nonFinite()).isEqualTo(1);
      }
    }
  }

  private static LoadedModel broken(float value) {
    EncoderConfig config =
        Models.tiny(ModelType.BERT, ParameterSharing.NONE).hiddenAct(HiddenAct.GELU).build();
    LoadedModel model = Models.random(config, HeadKind.NONE, 5);
    float[] weights = Objects.requireNonNull(model.weights().get(VARIABLE)).values();
    weights[7] = value;
    weights[9] = value;
    return model;
  }

  private static String index(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".index"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void assertNamed(ThrowingCallable reading, String file, String tensor) {
    assertThatThrownBy(reading)
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining(file + ": tensor '" + tensor + "' has 2 of 36 values that are NaN");
  }
}
