package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.layer.Embeddings;
import albert.model.layer.EncoderInputs;
import albert.model.optim.LayerwiseRates;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import albert.model.testing.Tiny;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model of some words alone, against the model of the whole vocabulary. */
final class WordSubsetTest {
  private static final List<Head> HEADS = List.of(new ClassificationHead(3));
  private static final int STEPS = 6;
  private static final double RATE = 1e-2;
  private static final double DECAY = 0.5;

  /** A step moves a weight by about the rate, and decay a large one by half of that. */
  private static final double TOLERANCE = 2e-7;

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 1", "7, 1", "0, 0.5"})
  void trainsAsTheWholeVocabulary(int paddingIdx, double layerDecay) {
    EncoderConfig config = config(paddingIdx);
    UpdateRule rule = new UpdateRule(adamW(), layerDecay, 1, false);
    SortedMap<String, FloatTensor> whole;
    SortedMap<String, FloatTensor> before;
    float output;
    try (TrainableModel model = TrainableModel.build(config, HEADS, rule, reproducible())) {
      model.initialize(1);
      before = model.weights();
      train(model, 0, STEPS);
      whole = model.weights();
      output = logit(model);
    }
    try (TrainableModel model = of(config, rule, words())) {
      model.initialize(2);
      model.assign(before);
      assertThat(model.weights()).isEqualTo(before);
      train(model, 0, STEPS);
      assertThat(logit(model)).isEqualTo(output);
      assertThat(model.parameterCount()).isEqualTo(count(whole));
      compare(whole, model.weights());
    }
    double wordRate =
        RATE * new LayerwiseRates(config, layerDecay, 1).applyAsDouble(Embeddings.WORDS);
    double kept = Math.pow(1 - wordRate * DECAY, STEPS);
    assertThat(firstOfRow(whole, 45)).isCloseTo(firstOfRow(before, 45) * kept, within(TOLERANCE));
  }

  @Test
  void goesOnFromACheckpoint(@TempDir Path folder) {
    EncoderConfig config = config(0);
    UpdateRule rule = UpdateRule.of(adamW());
    SortedMap<String, FloatTensor> before;
    try (TrainableModel model = TrainableModel.build(config, HEADS, rule, reproducible())) {
      model.initialize(1);
      before = model.weights();
    }
    SortedMap<String, FloatTensor> unbroken;
    try (TrainableModel model = of(config, rule, words())) {
      model.initialize(2);
      model.assign(before);
      train(model, 0, 3);
      model.save(folder.resolve("model.ckpt"), 3);
      train(model, 3, STEPS);
      unbroken = model.weights();
    }
    try (TrainableModel model = of(config, rule, words())) {
      model.initialize(2);
      model.assign(before);
      assertThat(model.restore(folder.resolve("model.ckpt"))).isEqualTo(3);
      train(model, 3, STEPS);
      assertThat(model.weights()).isEqualTo(unbroken);
      model.assign(before);
      assertThat(model.weights()).isEqualTo(before);
    }
  }

  @Test
  void refusesOtherWords() {
    try (TrainableModel model = of(config(0), UpdateRule.of(adamW()), words())) {
      model.initialize(1);
      assertThatThrownBy(() -> model.predict(Tiny.batch(4, 8, 1), List.of("logits")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("was built without the word");
      assertThatThrownBy(model::weights)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has not been given");
    }
    BitSet beyond = words();
    beyond.set(50);
    assertThatThrownBy(() -> WordSubset.of(beyond, config(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id 50");
  }

  @Test
  void refusesAnOptimizerOfWholeTensors() {
    UpdateRule lamb = UpdateRule.of(OptimizerConfig.google(OptimizerConfig.Kind.LAMB));
    assertThatThrownBy(() -> of(config(0), lamb, words()).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LAMB");
  }

  private static TrainableModel of(EncoderConfig config, UpdateRule rule, BitSet words) {
    return TrainableModel.build(config, HEADS, rule, reproducible(), WordSubset.of(words, config));
  }

  private static RuntimeOptions reproducible() {
    return RuntimeOptions.reproducible();
  }

  private static OptimizerConfig adamW() {
    return new OptimizerConfig(OptimizerConfig.Kind.ADAMW, DECAY, 0.9, 0.999, 1e-6, 1, true);
  }

  private static EncoderConfig config(int paddingIdx) {
    return Tiny.config().toBuilder().paddingIdx(paddingIdx).build();
  }

  /** Every other word from 1 to 39. */
  private static BitSet words() {
    BitSet words = new BitSet();
    for (int id = 1; id < 40; id += 2) {
      words.set(id);
    }
    return words;
  }

  private static Map<String, HostTensor> batch(long seed) {
    Map<String, HostTensor> batch = Tiny.batch(4, 8, seed);
    IntTensor ids = (IntTensor) requireNonNull(batch.get(EncoderInputs.INPUT_IDS));
    int[] odd = Arrays.stream(ids.values()).map(id -> id % 20 * 2 + 1).toArray();
    batch.put(EncoderInputs.INPUT_IDS, IntTensor.of(odd, ids.shape()));
    return batch;
  }

  private static void train(TrainableModel model, int from, int to) {
    for (int step = from; step < to; step++) {
      model.step(batch(step), new StepSettings(RATE, step, 1));
    }
  }

  private static float logit(TrainableModel model) {
    return requireNonNull(
            model
                .predict(batch(99), List.of(ClassificationHead.LOGITS))
                .get(ClassificationHead.LOGITS))
        .values()[0];
  }

  private static long count(Map<String, FloatTensor> weights) {
    return weights.values().stream().mapToLong(FloatTensor::size).sum();
  }

  private static double firstOfRow(Map<String, FloatTensor> weights, int id) {
    FloatTensor table = requireNonNull(weights.get(Embeddings.WORDS));
    return table.values()[id * (int) table.shape()[1]];
  }

  private static void compare(
      SortedMap<String, FloatTensor> expected, SortedMap<String, FloatTensor> actual) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) ->
            Golden.assertClose(name, requireNonNull(actual.get(name)), value, 0, TOLERANCE));
  }
}
