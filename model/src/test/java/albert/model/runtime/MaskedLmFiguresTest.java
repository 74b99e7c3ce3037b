package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.head.MaskedLmHead;
import albert.model.optim.OptimizerConfig;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Tiny;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the masked-LM head says of each masked word, against its own log probabilities. */
final class MaskedLmFiguresTest {

  @Test
  void eachLossAndHitFollowFromTheLogProbabilities() {
    int[] ids = {3, 1, 2, 4};
    float[] weights = {1, 1, 1, 0};
    Map<String, HostTensor> batch = new TreeMap<>(Tiny.batch(2, 7, 1));
    batch.remove(ClassificationHead.LABELS);
    batch.put(MaskedLmHead.POSITIONS, IntTensor.of(new int[] {1, 2, 3, 0}, 2, 2));
    batch.put(MaskedLmHead.IDS, IntTensor.of(ids, 2, 2));
    batch.put(MaskedLmHead.WEIGHTS, FloatTensor.of(weights, 2, 2));
    EncoderConfig config = Tiny.config();
    try (TrainableModel model =
        TrainableModel.build(
            config,
            List.of(new MaskedLmHead()),
            OptimizerConfig.google(OptimizerConfig.Kind.LAMB),
            RuntimeOptions.reproducible())) {
      model.initialize(1);
      float[] first = logProbs(model, batch);
      ids[0] = largest(first, 0, config.vocabSize());
      batch.put(MaskedLmHead.IDS, IntTensor.of(ids, 2, 2));
      float[] logProbs = logProbs(model, batch);
      float[] losses = fetch(model, batch, MaskedLmHead.EACH_LOSS);
      float[] hits = fetch(model, batch, MaskedLmHead.EACH_CORRECT);
      double sum = 0;
      for (int i = 0; i < ids.length; i++) {
        int row = i * config.vocabSize();
        assertThat(losses[i]).isCloseTo(-weights[i] * logProbs[row + ids[i]], within(1e-5f));
        boolean hit = largest(logProbs, row, config.vocabSize()) == ids[i];
        assertThat(hits[i]).isEqualTo(hit ? weights[i] : 0);
        sum += losses[i];
      }
      assertThat(hits[0]).isEqualTo(1);
      assertThat((double) fetch(model, batch, MaskedLmHead.LOSS)[0])
          .isCloseTo(sum / 3, within(1e-4));
    }
  }

  private static float[] logProbs(TrainableModel model, Map<String, HostTensor> batch) {
    return fetch(model, batch, MaskedLmHead.LOG_PROBS);
  }

  private static float[] fetch(TrainableModel model, Map<String, HostTensor> batch, String name) {
    return requireNonNull(model.predict(batch, List.of(name)).get(name)).values();
  }

  private static int largest(float[] values, int from, int n) {
    int largest = 0;
    for (int i = 1; i < n; i++) {
      largest = values[from + i] > values[from + largest] ? i : largest;
    }
    return largest;
  }
}
