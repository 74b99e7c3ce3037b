package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.SentencePairHead;
import albert.model.head.SentencePairHead.Objective;
import albert.model.io.safetensors.Safetensors;
import albert.model.optim.LearningRateSchedule;
import albert.model.optim.OptimizerConfig;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Everything that Google's ALBERT code computes on the golden cases. */
@Tag("golden")
class GoldenGoogleTest {
  private static final List<Head> HEADS =
      List.of(new MaskedLmHead(), new SentencePairHead(Objective.SENTENCE_ORDER));

  @TestFactory
  Stream<DynamicContainer> cases() {
    return Golden.cases("google").stream()
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    folder.getFileName().toString(),
                    List.of(
                        DynamicTest.dynamicTest("forward", () -> forward(folder)),
                        DynamicTest.dynamicTest("frozen", () -> frozen(folder)),
                        DynamicTest.dynamicTest("gradients", () -> gradients(folder)),
                        DynamicTest.dynamicTest("adamw", () -> sixSteps(folder, "adamw")),
                        DynamicTest.dynamicTest("lamb", () -> sixSteps(folder, "lamb")))));
  }

  private static void forward(Path folder) throws IOException {
    Map<String, HostTensor> golden = tensors(folder, "forward");
    try (TrainableModel model = model(folder, OptimizerConfig.adamW())) {
      SortedMap<String, String> names = names(config(folder), golden);
      assertOutputs(names, golden, model.predict(batch(golden), names.values()));
    }
  }

  private static void frozen(Path folder) throws IOException {
    Map<String, HostTensor> golden = tensors(folder, "forward");
    try (FrozenModel model =
        FrozenModel.of(config(folder), HEADS, weights(folder), RuntimeOptions.reproducible())) {
      SortedMap<String, String> names = names(config(folder), golden);
      assertOutputs(names, golden, model.predict(batch(golden), names.values()));
    }
  }

  private static void gradients(Path folder) throws IOException {
    Map<String, HostTensor> golden = tensors(folder, "gradients");
    try (TrainableModel model = model(folder, OptimizerConfig.adamW())) {
      SortedMap<String, FloatTensor> gradients =
          model.gradients(batch(tensors(folder, "forward")), 0);
      assertThat(gradients.keySet()).isEqualTo(golden.keySet());
      gradients.forEach(
          (name, gradient) ->
              Golden.assertClose(
                  name, gradient, golden.get(name), Golden.GRADIENT, Golden.GRADIENT_ABSOLUTE));
    }
  }

  private static void sixSteps(Path folder, String name) throws IOException {
    JsonNode settings = new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
    int steps = settings.get("num_train_steps").asInt();
    OptimizerConfig optimizer =
        new OptimizerConfig(
            OptimizerConfig.Kind.valueOf(name.toUpperCase(Locale.ROOT)),
            settings.get("weight_decay_rate").asDouble(),
            settings.get("beta_1").asDouble(),
            settings.get("beta_2").asDouble(),
            settings.get("epsilon").asDouble(),
            settings.get("clip_global_norm").asDouble(),
            false);
    LearningRateSchedule schedule =
        LearningRateSchedule.linear(
            settings.get("init_lr").asDouble(), settings.get("num_warmup_steps").asInt(), steps);
    Map<String, HostTensor> batch = batch(tensors(folder, "forward"));
    try (TrainableModel model = model(folder, optimizer)) {
      List<Double> losses = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        losses.add((double) model.step(batch, new StepSettings(schedule.at(step), step, 0)).loss());
      }
      losses.add((double) model.step(batch, new StepSettings(0, steps, 0)).loss());
      JsonNode expected = settings.get("loss_before_each_step_and_after_last");
      assertThat(losses).hasSize(expected.size());
      for (int i = 0; i < losses.size(); i++) {
        assertThat(losses.get(i))
            .as("loss %d", i)
            .isCloseTo(expected.get(i).asDouble(), within(Golden.LOSS_TRACE));
      }
      Map<String, HostTensor> after = tensors(folder, "after-6-" + name + "-steps");
      model
          .weights()
          .forEach(
              (variable, value) ->
                  Golden.assertClose(
                      variable, value, after.get(variable), Golden.AFTER_SIX_STEPS, 0));
    }
  }

  private static TrainableModel model(Path folder, OptimizerConfig optimizer) throws IOException {
    TrainableModel model =
        TrainableModel.build(config(folder), HEADS, optimizer, RuntimeOptions.reproducible());
    Map<String, FloatTensor> weights = weights(folder);
    assertThat(model.shapes().keySet()).isEqualTo(weights.keySet());
    model.initialize(1);
    model.assign(weights);
    return model;
  }

  private static EncoderConfig config(Path folder) throws IOException {
    JsonNode json = new ObjectMapper().readTree(folder.resolve("albert_config.json").toFile());
    String act = json.get("hidden_act").asText();
    return EncoderConfig.builder()
        .vocabSize(json.get("vocab_size").asInt())
        .embeddingSize(json.get("embedding_size").asInt())
        .hiddenSize(json.get("hidden_size").asInt())
        .numHiddenLayers(json.get("num_hidden_layers").asInt())
        .groups(json.get("num_hidden_groups").asInt())
        .innerGroupNum(json.get("inner_group_num").asInt())
        .numAttentionHeads(json.get("num_attention_heads").asInt())
        .intermediateSize(json.get("intermediate_size").asInt())
        .hiddenAct(
            act.equals("gelu")
                ? HiddenAct.GELU_NEW
                : HiddenAct.valueOf(act.toUpperCase(Locale.ROOT)))
        .hiddenDropoutProb(json.get("hidden_dropout_prob").asDouble())
        .attentionProbsDropoutProb(json.get("attention_probs_dropout_prob").asDouble())
        .maxPositionEmbeddings(json.get("max_position_embeddings").asInt())
        .typeVocabSize(json.get("type_vocab_size").asInt())
        .build();
  }

  /** Our names of the outputs, by the golden file's, whose layers are blocks as ours. */
  private static SortedMap<String, String> names(
      EncoderConfig config, Map<String, HostTensor> golden) {
    SortedMap<String, String> names =
        new TreeMap<>(
            Map.of(
                "embedding_output", Outputs.EMBEDDINGS,
                "sequence_output", Outputs.SEQUENCE,
                "pooled_output", Outputs.POOLED,
                "mlm_log_probs", MaskedLmHead.LOG_PROBS,
                "mlm_loss", MaskedLmHead.LOSS,
                "sop_log_probs", "sentence_order_log_probs",
                "sop_loss", "sentence_order_loss"));
    for (int block = 1; block <= config.blocksApplied(); block++) {
      names.put("encoder_layer_" + block, Outputs.hidden(block));
    }
    assertThat(golden).containsKeys(names.keySet().toArray(String[]::new));
    return names;
  }

  private static void assertOutputs(
      SortedMap<String, String> names,
      Map<String, HostTensor> golden,
      Map<String, FloatTensor> outputs) {
    names.forEach(
        (theirs, ours) ->
            Golden.assertClose(theirs, outputs.get(ours), golden.get(theirs), Golden.FORWARD, 0));
  }

  private static Map<String, HostTensor> batch(Map<String, HostTensor> golden) {
    IntTensor labels = (IntTensor) Objects.requireNonNull(golden.get("sentence_order_labels"));
    return Map.of(
        "input_ids",
        golden.get("input_ids"),
        "attention_mask",
        golden.get("input_mask"),
        "token_type_ids",
        golden.get("token_type_ids"),
        MaskedLmHead.POSITIONS,
        golden.get("masked_lm_positions"),
        MaskedLmHead.IDS,
        golden.get("masked_lm_ids"),
        MaskedLmHead.WEIGHTS,
        golden.get("masked_lm_weights"),
        "sentence_order_labels",
        IntTensor.of(labels.values(), labels.size()));
  }

  private static Map<String, FloatTensor> weights(Path folder) {
    Map<String, FloatTensor> weights = new TreeMap<>();
    tensors(folder, "weights").forEach((name, value) -> weights.put(name, (FloatTensor) value));
    return weights;
  }

  private static Map<String, HostTensor> tensors(Path folder, String file) {
    return Safetensors.open(folder.resolve(file + ".safetensors")).readAll();
  }
}
