package albert.experiments.encoding;

import albert.experiments.stage.StopSignal;
import albert.model.layer.EncoderInputs;
import albert.model.runtime.InferenceModel;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Rows in batches: those of similar lengths share one, the longest first.
 *
 * @param rows in the order of the input
 * @param batchSize rows in a batch, at least 1
 */
record RowBatches(List<Row> rows, int batchSize) {

  /** Takes the outputs for a batch. */
  @FunctionalInterface
  interface Sink {
    /**
     * Reads them.
     *
     * @param rows which rows the batch has, in its order
     * @param width tokens and padding of each
     * @param outputs float32 [batch, …] by name
     */
    void read(List<Integer> rows, int width, Map<String, FloatTensor> outputs) throws IOException;
  }

  /**
   * Puts every row through a model once.
   *
   * @param outputs what is asked for, by name
   * @param progress told how many rows are done after each batch
   * @throws albert.experiments.stage.StoppedException if asked to stop
   */
  void run(
      InferenceModel model,
      Collection<String> outputs,
      StopSignal stop,
      IntConsumer progress,
      Sink sink)
      throws IOException {
    List<Integer> order =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(Comparator.comparingInt(row -> -rows.get(row).length()))
            .toList();
    for (int from = 0; from < order.size(); from += batchSize) {
      stop.check();
      List<Integer> members = order.subList(from, Math.min(from + batchSize, order.size()));
      int width = rows.get(members.get(0)).length();
      sink.read(members, width, model.predict(batch(members, width), outputs));
      progress.accept(members.size());
    }
  }

  private Map<String, IntTensor> batch(List<Integer> members, int width) {
    return Map.of(
        EncoderInputs.INPUT_IDS, tensor(members, width, Row::ids),
        EncoderInputs.TOKEN_TYPE_IDS, tensor(members, width, Row::types),
        EncoderInputs.ATTENTION_MASK, tensor(members, width, Row::mask));
  }

  /** Padded with 0, which the mask hides whatever word it is. */
  private IntTensor tensor(List<Integer> members, int width, Function<Row, int[]> part) {
    int[] values = new int[members.size() * width];
    for (int i = 0; i < members.size(); i++) {
      int[] row = part.apply(rows.get(members.get(i)));
      System.arraycopy(row, 0, values, i * width, row.length);
    }
    return IntTensor.of(values, members.size(), width);
  }
}
