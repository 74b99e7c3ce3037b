package albert.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.testing.Golden;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The oracle itself against Google's code. */
@Tag("golden")
class OracleGoldenTest {

  @TestFactory
  Stream<DynamicTest> everyCase() {
    return Golden.cases("google").stream()
        .map(folder -> DynamicTest.dynamicTest(name(folder), () -> compare(folder)));
  }

  private static void compare(Path folder) throws IOException {
    JsonNode config = new ObjectMapper().readTree(folder.resolve("albert_config.json").toFile());
    Oracle.Sizes sizes = sizes(config);
    Map<String, double[]> weights = SafetensorsFile.read(folder.resolve("weights.safetensors"));
    Map<String, double[]> golden = SafetensorsFile.read(folder.resolve("forward.safetensors"));
    int batch = golden(golden, "sop_log_probs").length / 2;
    Oracle.Inputs inputs =
        new Oracle.Inputs(
            batch,
            ints(golden, "input_ids"),
            ints(golden, "input_mask"),
            ints(golden, "token_type_ids"));
    List<Target> targets =
        List.of(
            new Target.MaskedLm(
                ints(golden, "masked_lm_positions"),
                ints(golden, "masked_lm_ids"),
                golden(golden, "masked_lm_weights")),
            new Target.SentencePair(ints(golden, "sentence_order_labels")));

    Map<String, double[]> outputs = Oracle.run(sizes, weights, inputs, targets);
    int blocks = config.get("num_hidden_layers").asInt() * config.get("inner_group_num").asInt();
    assertThat(outputs).hasSize(blocks + 8).containsKey("encoder_layer_" + blocks);
    outputs.forEach((name, got) -> assertClose(name, got, golden(golden, name), Golden.FORWARD, 0));

    Map<String, double[]> gradients = Oracle.gradients(sizes, weights, inputs, targets);
    Map<String, double[]> expected = SafetensorsFile.read(folder.resolve("gradients.safetensors"));
    assertThat(gradients.keySet()).isEqualTo(expected.keySet()).isEqualTo(weights.keySet());
    gradients.forEach(
        (name, got) ->
            assertClose(
                name, got, golden(expected, name), Golden.GRADIENT, Golden.GRADIENT_ABSOLUTE));
  }

  private static Oracle.Sizes sizes(JsonNode config) {
    int layers = config.get("num_hidden_layers").asInt();
    int layersPerGroup = layers / config.get("num_hidden_groups").asInt();
    List<Integer> sets =
        IntStream.range(0, layers).map(layer -> layer / layersPerGroup).boxed().toList();
    int embedding = config.get("embedding_size").asInt();
    int hidden = config.get("hidden_size").asInt();
    return new Oracle.Sizes(
        config.get("vocab_size").asInt(),
        embedding,
        hidden,
        config.get("max_position_embeddings").asInt(),
        config.get("type_vocab_size").asInt(),
        config.get("num_attention_heads").asInt(),
        config.get("intermediate_size").asInt(),
        config.get("hidden_act").asText().equals("relu")
            ? Activation.Kind.RELU
            : Activation.Kind.GELU_TANH,
        1e-12,
        sets,
        new ArrayList<>(sets),
        config.get("inner_group_num").asInt(),
        embedding != hidden,
        false,
        false);
  }

  private static void assertClose(
      String name, double[] got, double[] expected, double relative, double absolute) {
    assertThat(got).as(name).hasSameSizeAs(expected);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double worst =
        IntStream.range(0, got.length)
            .mapToDouble(i -> Math.abs(got[i] - expected[i]))
            .reduce(0, Math::max);
    assertThat(worst).as(name).isLessThanOrEqualTo(relative * largest + absolute);
  }

  private static double[] golden(Map<String, double[]> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private static int[] ints(Map<String, double[]> tensors, String name) {
    return Arrays.stream(golden(tensors, name)).mapToInt(value -> (int) value).toArray();
  }

  private static String name(Path folder) {
    return Objects.requireNonNull(folder.getFileName()).toString();
  }
}
