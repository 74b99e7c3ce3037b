package albert.experiments.training;

import albert.model.tensor.HostTensor;
import java.util.List;
import java.util.Map;

/** What a training goes through, step by step, as long as it is asked. */
public interface Batches extends AutoCloseable {

  /**
   * A batch.
   *
   * @param feed inputs, and what is to be learnt
   * @param examples how many it has
   * @param tokens that are not padding
   * @param number counted from the first epoch's first: the dropout masks follow from it
   */
  record Batch(Map<String, HostTensor> feed, int examples, long tokens, long number) {}

  /**
   * The batches whose gradients are summed up to a step, and the place after them.
   *
   * @param batches at least one
   * @param epoch that the last example is in
   * @param example how many of that epoch were taken
   */
  record Step(List<Batch> batches, int epoch, long example) {

    /** Copies the list. */
    public Step {
      batches = List.copyOf(batches);
    }

    /** Examples of all batches. */
    int examples() {
      return batches.stream().mapToInt(Batch::examples).sum();
    }

    /** Tokens of all batches that are not padding. */
    long tokens() {
      return batches.stream().mapToLong(Batch::tokens).sum();
    }
  }

  /** The batches of the next step. */
  Step next();

  @Override
  default void close() {}
}
