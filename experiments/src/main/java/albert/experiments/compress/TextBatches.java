package albert.experiments.compress;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.experiments.ModelInputs;
import albert.model.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The texts' batches, epoch after epoch, in an order that the seed decides. */
final class TextBatches implements Supplier<Map<String, HostTensor>> {
  private final Batcher texts;
  private final long seed;
  private int epoch = -1;
  private int next;
  private List<EncodedBatch> batches = List.of();

  TextBatches(Batcher texts, long seed) {
    this.texts = texts;
    this.seed = seed;
  }

  @Override
  public Map<String, HostTensor> get() {
    if (next == batches.size()) {
      epoch++;
      next = 0;
      batches = texts.epoch(seed, epoch);
    }
    return ModelInputs.of(batches.get(next++));
  }
}
