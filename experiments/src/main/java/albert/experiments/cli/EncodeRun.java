package albert.experiments.cli;

import albert.experiments.cli.EncodeInput.Row;
import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.io.LoadedModel;
import albert.model.io.safetensors.TensorFile;
import albert.model.layer.EncoderInputs;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.Outputs;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.IntTensor;
import albert.model.tensor.NonFiniteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Encodes rows batch by batch into a file. Texts of similar lengths share a batch, the longest
 * first, and their padding is 0 in the outputs; tensors are computed as they are, padding included.
 *
 * @param model what encodes
 * @param input what is encoded
 * @param hidden whether every block's output is wanted
 * @param batchSize rows in a batch
 */
record EncodeRun(LoadedModel model, EncodeInput input, boolean hidden, int batchSize) {

  /** Shapes of the outputs by name, float32. */
  Map<String, long[]> shapes() {
    EncoderConfig config = model.config();
    long rows = input.rows().size();
    long[] sequence = {rows, input.width(), config.hiddenSize()};
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(Outputs.SEQUENCE, sequence);
    if (model.hasPooler()) {
      shapes.put(Outputs.POOLED, new long[] {rows, config.hiddenSize()});
    }
    if (hidden) {
      for (int block = 0; block <= config.blocksApplied(); block++) {
        shapes.put(Outputs.hidden(block), sequence);
      }
    }
    return shapes;
  }

  /**
   * Encodes.
   *
   * @param progress told how many rows are done after each batch
   * @return the options it ran with
   * @throws IOException if the file can't be written
   * @throws NonFiniteException if an output of a row is NaN or infinite; no file is written then
   */
  RuntimeOptions writeTo(Path output, RuntimeOptions runtime, StopSignal stop, IntConsumer progress)
      throws IOException {
    Map<String, long[]> shapes = shapes();
    List<Integer> order =
        IntStream.range(0, input.rows().size())
            .boxed()
            .sorted(Comparator.comparingInt(row -> -input.rows().get(row).length()))
            .toList();
    try (FrozenModel frozen = FrozenModel.of(model.config(), List.of(), model.weights(), runtime)) {
      TensorFile.write(
          output,
          shapes,
          file -> {
            for (int from = 0; from < order.size(); from += batchSize) {
              stop.check();
              List<Integer> rows = order.subList(from, Math.min(from + batchSize, order.size()));
              put(file, rows, frozen.predict(batch(rows), shapes.keySet()));
              progress.accept(rows.size());
            }
          });
      return frozen.runtime();
    }
  }

  private Map<String, IntTensor> batch(List<Integer> rows) {
    int width = width(rows);
    return Map.of(
        EncoderInputs.INPUT_IDS, tensor(rows, width, Row::ids),
        EncoderInputs.TOKEN_TYPE_IDS, tensor(rows, width, Row::types),
        EncoderInputs.ATTENTION_MASK, tensor(rows, width, Row::mask));
  }

  /** Padded with 0, which the mask hides whatever word it is. */
  private IntTensor tensor(List<Integer> rows, int width, Function<Row, int[]> part) {
    int[] values = new int[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      int[] row = part.apply(input.rows().get(rows.get(i)));
      System.arraycopy(row, 0, values, i * width, row.length);
    }
    return IntTensor.of(values, rows.size(), width);
  }

  private int width(List<Integer> rows) {
    return rows.stream().mapToInt(row -> input.rows().get(row).length()).max().orElseThrow();
  }

  private void put(TensorFile file, List<Integer> rows, Map<String, FloatTensor> outputs)
      throws IOException {
    int hiddenSize = model.config().hiddenSize();
    for (Map.Entry<String, FloatTensor> output : outputs.entrySet()) {
      boolean pooled = output.getKey().equals(Outputs.POOLED);
      int stride = pooled ? hiddenSize : width(rows) * hiddenSize;
      for (int i = 0; i < rows.size(); i++) {
        int values = pooled ? hiddenSize : input.rows().get(rows.get(i)).length() * hiddenSize;
        requireFinite(rows.get(i), output.getKey(), output.getValue(), i * stride, values);
        file.put(output.getKey(), rows.get(i), output.getValue(), i * stride, values);
      }
    }
  }

  private void requireFinite(int row, String name, FloatTensor output, int from, int values) {
    if (!FloatTensor.isFinite(output.values(), from, from + values)) {
      throw new NonFiniteException(
          String.format(
              Locale.ROOT,
              "%s: %s is NaN or infinite; nothing was written",
              input.place(row),
              name));
    }
  }
}
