package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.SentencePairHead;
import albert.model.layer.Embeddings;
import albert.model.optim.LossScaling;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import albert.model.testing.HeadCase;
import albert.model.testing.Tiny;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several devices train as one does on the same batches, dropout included. */
final class DevicesTest {
  /** ALBERT: one layer that is applied twice, and a projection of the embeddings. */
  private static final EncoderConfig CONFIG =
      Tiny.config().toBuilder().embeddingSize(4).numHiddenLayers(2).groups(1).build();

  private static final int SEQUENCE = 7;
  private static final long SEED = 5;

  /**
   * A step moves a weight by up to the rate. A bias that all classes have in common has rounding
   * for a gradient, and is moved by up to a hundredth of it.
   */
  private static final double RATE = 2e-4;

  private static final double TOLERANCE = 1e-6;

  private static final UpdateRule LAMB =
      UpdateRule.of(OptimizerConfig.google(OptimizerConfig.Kind.LAMB));

  private static final UpdateRule ADAMW =
      UpdateRule.of(OptimizerConfig.google(OptimizerConfig.Kind.ADAMW));

  /** Rows of the batches: the last has one question, and fewer rows than there are devices. */
  private static final int[] ROWS = {12, 8, 12, 4};

  /** What a training came to. */
  private record Trained(List<Float> trace, SortedMap<String, FloatTensor> weights) {}

  private static final Set<HeadCase> OF_ONE_OUTPUT =
      EnumSet.of(HeadCase.CHOICE, HeadCase.REGRESSION, HeadCase.SENTENCES, HeadCase.BEAM_SPAN);

  /** All heads, in sets in which variables of the same name have the same shape. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void headsOfAllKindsTrainAsOnOneDevice(boolean ofOneOutput) {
    Set<HeadCase> heads = ofOneOutput ? OF_ONE_OUTPUT : EnumSet.allOf(HeadCase.class);
    if (!ofOneOutput) {
      heads.removeAll(OF_ONE_OUTPUT);
    }
    Trained one = train(CONFIG, heads, 1);
    assertThat(one.trace()).doesNotHaveDuplicates();
    assertEqual(train(CONFIG, heads, 3), one);
  }

  /** BERT: nothing shared, embeddings as wide as the layers. Once more, it is the same. */
  @Test
  void bertTrainsAsOnOneDevice() {
    EncoderConfig bert =
        CONFIG.toBuilder()
            .modelType(ModelType.BERT)
            .embeddingSize(CONFIG.hiddenSize())
            .sharing(ParameterSharing.NONE)
            .build();
    Trained one = train(bert, EnumSet.of(HeadCase.MASKED_LM), 1);
    Trained two = train(bert, EnumSet.of(HeadCase.MASKED_LM), 2);
    assertEqual(two, one);
    assertSame(train(bert, EnumSet.of(HeadCase.MASKED_LM), 2), two);
  }

  /** Bit for bit. */
  private static void assertSame(Trained again, Trained once) {
    assertThat(again.trace()).isEqualTo(once.trace());
    once.weights()
        .forEach(
            (name, value) ->
                assertThat(requireNonNull(again.weights().get(name)).values())
                    .as(name)
                    .containsExactly(value.values()));
  }

  private static Trained train(EncoderConfig config, Set<HeadCase> cases, int devices) {
    List<Head> heads = cases.stream().map(HeadCase::head).toList();
    try (TrainableModel model = model(config, heads, LAMB, devices, null)) {
      model.initialize(1);
      List<Float> trace = new ArrayList<>();
      for (int step = 0; step < ROWS.length; step++) {
        Map<String, HostTensor> batch = new TreeMap<>();
        for (HeadCase head : cases) {
          batch.putAll(head.batch(ROWS[step], SEQUENCE, step));
        }
        StepResult result = model.step(unequal(batch), at(step));
        trace.add(result.loss());
        trace.add(result.gradientNorm());
      }
      return new Trained(trace, model.weights());
    }
  }

  /** Labels of tokens of which the first rows have fewer that count, and the first has none. */
  private static Map<String, HostTensor> unequal(Map<String, HostTensor> batch) {
    Map<String, HostTensor> fewer = new TreeMap<>(batch);
    for (String name : List.of("token_labels", "sentence_labels")) {
      fewer.computeIfPresent(
          name,
          (key, labels) -> {
            int[] values = ((IntTensor) labels).values().clone();
            for (int i = 0; i < values.length; i++) {
              values[i] = i % SEQUENCE < SEQUENCE - 2 * (i / SEQUENCE) ? -1 : values[i];
            }
            return IntTensor.of(values, labels.shape());
          });
    }
    return fewer;
  }

  private static void assertEqual(Trained several, Trained one) {
    for (int i = 0; i < one.trace().size(); i++) {
      assertThat(several.trace().get(i))
          .as("figure %d", i)
          .isCloseTo(
              one.trace().get(i), within((float) TOLERANCE * Math.max(1, one.trace().get(i))));
    }
    assertClose(several.weights(), one.weights());
  }

  private static void assertClose(
      SortedMap<String, FloatTensor> got, SortedMap<String, FloatTensor> expected) {
    assertThat(got.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) ->
            Golden.assertClose(name, requireNonNull(got.get(name)), value, TOLERANCE, TOLERANCE));
  }

  /** Each device sums its own gradients up; only the update sums over the devices. */
  @Test
  void accumulatedBatchesTrainAsOnOneDevice() {
    assertClose(accumulated(3), accumulated(1));
  }

  private static SortedMap<String, FloatTensor> accumulated(int devices) {
    UpdateRule rule = new UpdateRule(LAMB.optimizer(), 1, 1, true);
    try (TrainableModel model = model(CONFIG, pretraining(), rule, devices, null)) {
      model.initialize(1);
      for (int step = 0; step < 3; step++) {
        model.accumulate(
            pretrainingBatch(8, 2 * step), new StepSettings(RATE, step, SEED, 2L * step, 0.75));
        model.step(
            pretrainingBatch(4, 2 * step + 1),
            new StepSettings(RATE, step, SEED, 2L * step + 1, 0.25));
      }
      return model.weights();
    }
  }

  private static List<Head> pretraining() {
    return List.of(HeadCase.MASKED_LM.head(), HeadCase.SENTENCE_ORDER.head());
  }

  private static Map<String, HostTensor> pretrainingBatch(int rows, int seed) {
    Map<String, HostTensor> batch = new TreeMap<>(HeadCase.MASKED_LM.batch(rows, SEQUENCE, seed));
    String labels = ((SentencePairHead) HeadCase.SENTENCE_ORDER.head()).labels();
    batch.put(
        labels, requireNonNull(HeadCase.SENTENCE_ORDER.batch(rows, SEQUENCE, seed).get(labels)));
    return batch;
  }

  @Test
  void wordsThatDoNotOccurAreLeftOutOnEveryDevice() {
    assertClose(ofSomeWords(3), ofSomeWords(1));
  }

  private static SortedMap<String, FloatTensor> ofSomeWords(int devices) {
    BitSet words = new BitSet();
    words.set(0, 40);
    EncoderConfig config = CONFIG;
    List<Head> heads = List.of(new ClassificationHead(3));
    try (TrainableModel model =
        model(config, heads, ADAMW, devices, WordSubset.of(words, config))) {
      model.initialize(1);
      float[] table = new float[config.vocabSize() * config.embeddingSize()];
      for (int i = 0; i < table.length; i++) {
        table[i] = (float) Math.sin(i);
      }
      model.assign(
          Map.of(
              Embeddings.WORDS, FloatTensor.of(table, config.vocabSize(), config.embeddingSize())));
      for (int step = 0; step < 3; step++) {
        Map<String, HostTensor> batch = Tiny.batch(6, SEQUENCE, step);
        batch.computeIfPresent("input_ids", (name, ids) -> below((IntTensor) ids, 40));
        model.step(batch, at(step));
      }
      return model.weights();
    }
  }

  private static IntTensor below(IntTensor ids, int bound) {
    int[] values = ids.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] %= bound;
    }
    return IntTensor.of(values, ids.shape());
  }

  /** The checkpoint is that of one model, whatever wrote it. */
  @Test
  void aTrainingGoesOnWithAnotherNumberOfDevices(@TempDir Path folder) {
    Path prefix = folder.resolve("model");
    SortedMap<String, FloatTensor> saved;
    SortedMap<String, FloatTensor> unbroken;
    List<Head> heads = List.of(new MaskedLmHead());
    try (TrainableModel model = model(CONFIG, heads, LAMB, 2, null)) {
      model.initialize(1);
      model.step(HeadCase.MASKED_LM.batch(6, SEQUENCE, 0), at(0));
      model.save(prefix, 1);
      saved = model.weights();
      model.step(HeadCase.MASKED_LM.batch(6, SEQUENCE, 1), at(1));
      unbroken = model.weights();
      assertThat(model.allReduceBytes()).isEqualTo(4 * model.parameterCount());
    }
    for (int devices : new int[] {1, 3}) {
      try (TrainableModel model = model(CONFIG, heads, LAMB, devices, null)) {
        model.initialize(2);
        assertThat(model.allReduceBytes() == 0).isEqualTo(devices == 1);
        assertThat(model.restore(prefix)).isEqualTo(1);
        saved.forEach(
            (name, value) ->
                assertThat(requireNonNull(model.weights().get(name)).values())
                    .as(name)
                    .containsExactly(value.values()));
        model.step(HeadCase.MASKED_LM.batch(6, SEQUENCE, 1), at(1));
        assertClose(model.weights(), unbroken);
      }
    }
  }

  /** All of them skip a step whose gradients overflow on one, and scale alike. */
  @Test
  void float16ScalesTheLossOfAllDevicesAlike() {
    List<StepResult> one = halves(1);
    List<StepResult> two = halves(2);
    assertThat(one.get(0).skipped()).as("the first scale overflows").isTrue();
    assertThat(one.get(one.size() - 1).skipped()).isFalse();
    for (int step = 0; step < one.size(); step++) {
      assertThat(two.get(step).scaling()).isEqualTo(one.get(step).scaling());
      assertThat(two.get(step).loss()).isCloseTo(one.get(step).loss(), within(2e-3f));
    }
  }

  private static List<StepResult> halves(int devices) {
    UpdateRule rule =
        new UpdateRule(LAMB.optimizer(), 1, 1, false, new LossScaling(1 << 20, 2_000));
    RuntimeOptions options = new RuntimeOptions(1, Device.CPU, Precision.FLOAT16, devices);
    HeadCase head = HeadCase.MASKED_LM;
    try (TrainableModel model = TrainableModel.build(CONFIG, List.of(head.head()), rule, options)) {
      model.initialize(1);
      List<StepResult> results = new ArrayList<>();
      for (int step = 0; step < 2 * ROWS.length; step++) {
        results.add(model.step(head.batch(6, SEQUENCE, step), at(step)));
      }
      return results;
    }
  }

  /** A failure on one device ends the step of all, and the next step can be done. */
  @Test
  void noDeviceWaitsForOneThatFailed() {
    try (TrainableModel model = model(CONFIG, List.of(new ClassificationHead(3)), LAMB, 2, null)) {
      model.initialize(1);
      Map<String, HostTensor> wrong = new TreeMap<>(Tiny.batch(4, SEQUENCE, 1));
      wrong.put(ClassificationHead.LABELS, IntTensor.of(new int[] {0, 1, 2, 77}, 4));
      Map<String, HostTensor> right = Tiny.batch(4, SEQUENCE, 1);
      float loss = model.step(right, at(0)).loss();
      assertThat(loss).isPositive();
      assertThatThrownBy(() -> model.step(wrong, at(1))).hasMessageContaining("77");
      assertThat(model.step(right, at(1)).loss()).isNotEqualTo(loss).isPositive();
    }
  }

  @Test
  void memoryIsCountedForTheShareOfADevice() {
    MemoryNeeds needs = new MemoryNeeds(CONFIG, List.of(new ClassificationHead(3)), options(3));
    assertThat(needs.training(Tiny.batch(11, SEQUENCE, 1)))
        .startsWith("on each of 3 devices, a training step of 4 x 7 tokens needs");
  }

  @Test
  void thereAreNotMoreDevicesThanTheMachineHas() {
    assertThat(options(RuntimeOptions.ALL_DEVICES).devices(true, 4)).isEqualTo(4);
    assertThat(options(RuntimeOptions.ALL_DEVICES).devices(false, 0)).isEqualTo(1);
    assertThat(options(4).devices(true, 4)).isEqualTo(4);
    assertThatThrownBy(() -> options(5).devices(true, 4))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "devices is 5, but TensorFlow can use 4 GPUs here; allowed are 1 to that and all");
    assertThatThrownBy(() -> options(17).resolve())
        .isInstanceOf(ConfigException.class)
        .hasMessage("devices is 17, on the CPU allowed are 1 to 16 (logical devices, for tests)");
    assertThatThrownBy(() -> options(-1)).isInstanceOf(ConfigException.class);
  }

  private static StepSettings at(int step) {
    return new StepSettings(RATE, step, SEED);
  }

  private static TrainableModel model(
      EncoderConfig config,
      List<Head> heads,
      UpdateRule rule,
      int devices,
      @Nullable WordSubset words) {
    return TrainableModel.build(config, heads, rule, options(devices), words);
  }

  private static RuntimeOptions options(int devices) {
    return new RuntimeOptions(1, Device.CPU, Precision.FLOAT32, devices);
  }
}
