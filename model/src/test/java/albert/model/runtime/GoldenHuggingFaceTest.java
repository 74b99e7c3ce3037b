package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import albert.model.head.AlbertSpanHead;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.MultipleChoiceHead;
import albert.model.head.RegressionHead;
import albert.model.head.SentencePairHead;
import albert.model.head.SentencePairHead.Objective;
import albert.model.head.SpanHead;
import albert.model.head.TokenClassificationHead;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.io.safetensors.Safetensors;
import albert.model.optim.OptimizerConfig;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Everything that Hugging Face transformers computes on the golden cases, every head. */
@Tag("golden")
class GoldenHuggingFaceTest {
  @TempDir Path scratch;

  @TestFactory
  Stream<DynamicContainer> cases() {
    return Golden.cases("hf").stream()
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    folder.getFileName().toString(),
                    List.of(
                        DynamicTest.dynamicTest("forward", () -> forward(folder)),
                        DynamicTest.dynamicTest("gradients", () -> gradients(folder)))));
  }

  private void forward(Path folder) {
    Case golden = Case.read(folder);
    try (FrozenModel model =
        FrozenModel.of(
            golden.model().config(),
            golden.heads(),
            golden.model().weights(),
            RuntimeOptions.reproducible())) {
      Map<String, String> outputs = golden.outputs();
      Map<String, FloatTensor> got =
          model.predict(
              golden.batch(),
              Stream.concat(outputs.values().stream(), golden.losses().stream()).toList());
      outputs.forEach(
          (theirs, ours) ->
              Golden.assertClose(
                  theirs, got.get(ours), golden.tensors().get(theirs), Golden.FORWARD, 0));
      double loss =
          golden.losses().stream()
              .mapToDouble(name -> requireNonNull(got.get(name)).values()[0])
              .sum();
      Golden.assertClose(
          "loss",
          FloatTensor.of(new float[] {(float) loss}),
          golden.tensors().get("out.loss"),
          Golden.FORWARD,
          0);
    }
  }

  private void gradients(Path folder) throws IOException {
    Case golden = Case.read(folder);
    Map<String, FloatTensor> expected = canonicalGradients(folder);
    try (TrainableModel model =
        TrainableModel.build(
            golden.model().config(),
            golden.heads(),
            OptimizerConfig.adamW(),
            RuntimeOptions.reproducible())) {
      model.initialize(1);
      model.assign(golden.model().weights());
      SortedMap<String, FloatTensor> got = model.gradients(golden.batch(), 0);
      assertThat(got.keySet()).isEqualTo(new TreeMap<>(expected).keySet());
      got.forEach(
          (name, gradient) ->
              Golden.assertClose(
                  name,
                  gradient,
                  expected.get(name),
                  Golden.GRADIENT,
                  Golden.GRADIENT_ABSOLUTE + Golden.keyBiasNoise(name, expected)));
    }
  }

  /** The gradients are laid out as the weights are, so they are read as a model is. */
  private Map<String, FloatTensor> canonicalGradients(Path folder) throws IOException {
    Path directory = Files.createDirectories(scratch.resolve(folder.getFileName()));
    Files.copy(folder.resolve("config.json"), directory.resolve("config.json"));
    Files.copy(folder.resolve("gradients.safetensors"), directory.resolve("model.safetensors"));
    return ModelDirectory.read(directory).weights();
  }

  /**
   * A golden case.
   *
   * @param model weights and configuration
   * @param tensors inputs, labels and outputs
   */
  private record Case(LoadedModel model, Map<String, HostTensor> tensors) {
    static Case read(Path folder) {
      return new Case(
          ModelDirectory.read(folder),
          Safetensors.open(folder.resolve("forward.safetensors")).readAll());
    }

    List<Head> heads() {
      int labels = model.head().labels().size();
      return switch (model.head().kind()) {
        case NONE -> List.of();
        case MASKED_LM -> List.of(new MaskedLmHead());
        case PRETRAINING ->
            List.of(
                new MaskedLmHead(),
                new SentencePairHead(
                    tensors.containsKey("in.sentence_order_label")
                        ? Objective.SENTENCE_ORDER
                        : Objective.NEXT_SENTENCE));
        case NEXT_SENTENCE -> List.of(new SentencePairHead(Objective.NEXT_SENTENCE));
        case CLASSIFICATION -> List.of(new ClassificationHead(labels));
        case MULTI_LABEL_CLASSIFICATION -> throw new IllegalStateException("no case has it");
        case REGRESSION -> List.of(new RegressionHead());
        case QUESTION_ANSWERING -> List.of(new SpanHead());
        case CONDITIONAL_SPAN -> List.of(new AlbertSpanHead());
        case TOKEN_CLASSIFICATION -> List.of(new TokenClassificationHead(labels));
        case SENTENCE_SCORING -> throw new IllegalStateException("no case has it");
        case MULTIPLE_CHOICE -> List.of(new MultipleChoiceHead((int) shape("input_ids")[1]));
      };
    }

    /** Our outputs by theirs; the loss is our losses' sum. */
    Map<String, String> outputs() {
      Map<String, String> outputs = new LinkedHashMap<>();
      for (String name : tensors.keySet()) {
        if (name.startsWith("hidden.")) {
          outputs.put(name, name);
        } else if (name.equals("pooled")) {
          outputs.put(name, Outputs.POOLED);
        } else if (name.startsWith("out.") && !name.equals("out.loss")) {
          outputs.put(name, output(name));
        }
      }
      assertThat(outputs.size()).isGreaterThan(model.config().blocksApplied());
      return outputs;
    }

    private String output(String theirs) {
      return switch (theirs) {
        case "out.prediction_logits" -> MaskedLmHead.LOGITS;
        case "out.sop_logits" -> "sentence_order_logits";
        case "out.seq_relationship_logits" -> "next_sentence_logits";
        case "out.start_logits" -> SpanHead.START_LOGITS;
        case "out.end_logits" -> SpanHead.END_LOGITS;
        case "out.logits" ->
            switch (model.head().kind()) {
              case MASKED_LM -> MaskedLmHead.LOGITS;
              case CLASSIFICATION -> ClassificationHead.LOGITS;
              case REGRESSION -> RegressionHead.PREDICTIONS;
              case TOKEN_CLASSIFICATION -> TokenClassificationHead.LOGITS;
              case MULTIPLE_CHOICE -> MultipleChoiceHead.LOGITS;
              default -> throw new AssertionError(theirs);
            };
        default -> throw new AssertionError(theirs);
      };
    }

    List<String> losses() {
      return switch (model.head().kind()) {
        case MASKED_LM -> List.of(MaskedLmHead.LOSS);
        case PRETRAINING ->
            List.of(
                MaskedLmHead.LOSS,
                tensors.containsKey("in.sentence_order_label")
                    ? "sentence_order_loss"
                    : "next_sentence_loss");
        default -> List.of("loss");
      };
    }

    Map<String, HostTensor> batch() {
      Map<String, HostTensor> batch = new TreeMap<>();
      long[] shape = shape("input_ids");
      long sequence = shape[shape.length - 1];
      for (String input : List.of("input_ids", "attention_mask", "token_type_ids")) {
        int[] values = ints(input);
        batch.put(input, IntTensor.of(values, values.length / sequence, sequence));
      }
      tensors.keySet().stream()
          .filter(name -> name.startsWith("in."))
          .forEach(name -> batch.putAll(labels(name)));
      return batch;
    }

    private Map<String, HostTensor> labels(String name) {
      long questions = shape("input_ids")[0];
      return switch (name) {
        case "in.sentence_order_label" ->
            Map.of("sentence_order_labels", IntTensor.of(ints(name), questions));
        case "in.next_sentence_label" ->
            Map.of("next_sentence_labels", IntTensor.of(ints(name), questions));
        case "in.start_positions" ->
            Map.of(SpanHead.START_POSITIONS, IntTensor.of(ints(name), questions));
        case "in.end_positions" ->
            Map.of(SpanHead.END_POSITIONS, IntTensor.of(ints(name), questions));
        case "in.labels" ->
            switch (model.head().kind()) {
              case MASKED_LM, PRETRAINING -> maskedLm(ints(name));
              case CLASSIFICATION ->
                  Map.of(ClassificationHead.LABELS, IntTensor.of(ints(name), questions));
              case REGRESSION -> Map.of(RegressionHead.TARGETS, requireNonNull(tensors.get(name)));
              case TOKEN_CLASSIFICATION ->
                  Map.of(TokenClassificationHead.LABELS, requireNonNull(tensors.get(name)));
              case MULTIPLE_CHOICE ->
                  Map.of(MultipleChoiceHead.LABELS, IntTensor.of(ints(name), questions));
              default -> throw new AssertionError(name);
            };
        default -> throw new AssertionError(name);
      };
    }

    /** Every position is predicted; those labelled -100 have no weight. */
    private Map<String, HostTensor> maskedLm(int[] labels) {
      long[] shape = shape("input_ids");
      int[] positions = IntStream.range(0, labels.length).map(i -> i % (int) shape[1]).toArray();
      float[] weights = new float[labels.length];
      int[] ids = new int[labels.length];
      for (int i = 0; i < labels.length; i++) {
        weights[i] = labels[i] < 0 ? 0 : 1;
        ids[i] = Math.max(labels[i], 0);
      }
      return Map.of(
          MaskedLmHead.POSITIONS, IntTensor.of(positions, shape),
          MaskedLmHead.IDS, IntTensor.of(ids, shape),
          MaskedLmHead.WEIGHTS, FloatTensor.of(weights, shape));
    }

    private long[] shape(String name) {
      return requireNonNull(tensors.get(name)).shape();
    }

    private int[] ints(String name) {
      return ((IntTensor) requireNonNull(tensors.get(name))).values();
    }
  }
}
