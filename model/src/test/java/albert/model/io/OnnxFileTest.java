package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.io.file.ModelFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OnnxFileTest {
  private static final Path NAME = Path.of("model.onnx");

  @Test
  void anExportedBertIsRead() {
    EncoderConfig config =
        Models.tiny(ModelType.BERT, ParameterSharing.NONE)
            .numAttentionHeads(3)
            .hiddenAct(HiddenAct.GELU)
            .hiddenDropoutProb(0.1)
            .attentionProbsDropoutProb(0.1)
            .paddingIdx(0)
            .build();
    LoadedModel model = Models.random(config, HeadKind.NONE, 3);
    LoadedModel read = read(OnnxFiles.write(model));
    assertThat(read.config()).isEqualTo(config);
    assertThat(read.weights()).isEqualTo(model.weights());
    assertThat(read.notes())
        .containsExactly("embeddings.position_ids is a constant and was left out");
  }

  @Test
  void theMiniLmOfTheJarIsTheHuggingFaceOne() throws IOException {
    String weights = Objects.requireNonNullElse(System.getenv("ALBERT_WEIGHTS"), "");
    assumeThat(weights)
        .as("ALBERT_WEIGHTS, the folder of all-MiniLM-L6-v2, is not set")
        .isNotEmpty();
    LoadedModel expected = ModelDirectory.read(Path.of(weights, "all-MiniLM-L6-v2"));
    LoadedModel read;
    try (InputStream onnx = getClass().getResourceAsStream("/all-minilm-l6-v2.onnx")) {
      read = OnnxFile.read(NAME, Objects.requireNonNull(onnx));
    }
    assertThat(read.config()).isEqualTo(expected.config());
    assertThat(read.weights().keySet()).isEqualTo(expected.weights().keySet());
    assertThat(read.weights().values().stream().mapToLong(tensor -> tensor.size()).sum())
        .isEqualTo(22_713_216);
    expected
        .weights()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.equals(read.weights().get(name))).as(name).isTrue());
  }

  @Test
  void whatIsNoOnnxFileIsRefused() {
    assertProblem(new byte[0], "there is no graph in it");
    assertProblem("<html>".getBytes(StandardCharsets.UTF_8), "");
    // ten thousand nested groups, which the library would follow
    byte[] groups = new byte[10_000];
    Arrays.fill(groups, (byte) 0x0b);
    assertProblem(groups, "it has a group");
    assertProblem(OnnxFiles.message(proto -> proto.writeByteArray(7, new byte[0])), "BERT");
    assertProblem(graph(OnnxFiles.tensor("w", 1, new byte[4], 1L << 40, 1L << 40)), "'w' of shape");
    assertProblem(graph(OnnxFiles.tensor("w", 1, new byte[4], 2)), "'w' F32 [2] takes 8 bytes");
    assertProblem(graph(OnnxFiles.tensor("w", 1, new byte[4], -1)), "negative dimension");
    assertProblem(graph(OnnxFiles.tensor("w", 1, new byte[4], new long[17])), "16 dimensions");
  }

  private static byte[] graph(byte[] initializer) {
    return OnnxFiles.message(
        model ->
            model.writeByteArray(
                7, OnnxFiles.message(graph -> graph.writeByteArray(5, initializer))));
  }

  private static void assertProblem(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith("model.onnx: ")
        .hasMessageContaining(message);
  }

  private static LoadedModel read(byte[] bytes) {
    return OnnxFile.read(NAME, new ByteArrayInputStream(bytes));
  }
}
