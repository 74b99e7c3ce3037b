package albert.experiments.encoding;

import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.io.LoadedModel;
import albert.model.io.safetensors.TensorFile;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.Outputs;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.NonFiniteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows batch by batch into a file. The padding of texts is 0 in the outputs; tensors are
 * computed as they are, padding included.
 *
 * @param model what encodes
 * @param input what is encoded
 * @param hidden whether every block's output is wanted
 * @param batchSize rows in a batch
 * @param embedding how sentence embeddings are made, which are then all that is written; null for
 *     the encoder's own outputs
 */
public record EncodeRun(
    LoadedModel model,
    EncodeInput input,
    boolean hidden,
    int batchSize,
    @Nullable EmbeddingSettings embedding) {

  /** float32 [rows, H], a vector for each sentence. */
  public static final String SENTENCE_EMBEDDING = "sentence_embedding";

  /** Shapes of the outputs by name, float32. */
  public Map<String, long[]> shapes() {
    EncoderConfig config = model.config();
    long rows = input.rows().size();
    if (embedding != null) {
      return Map.of(SENTENCE_EMBEDDING, new long[] {rows, config.hiddenSize()});
    }
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
  public RuntimeOptions writeTo(
      Path output, RuntimeOptions runtime, StopSignal stop, IntConsumer progress)
      throws IOException {
    Map<String, long[]> shapes = shapes();
    RowBatches batches = new RowBatches(input.rows(), batchSize);
    try (FrozenModel frozen = FrozenModel.of(model.config(), List.of(), model.weights(), runtime)) {
      TensorFile.write(
          output,
          shapes,
          file ->
              batches.run(
                  frozen,
                  embedding == null ? shapes.keySet() : List.of(Outputs.SEQUENCE),
                  stop,
                  progress,
                  (rows, width, outputs) -> put(file, rows, width, outputs)));
      return frozen.runtime();
    }
  }

  private void put(TensorFile file, List<Integer> rows, int width, Map<String, FloatTensor> outputs)
      throws IOException {
    int hiddenSize = model.config().hiddenSize();
    for (Map.Entry<String, FloatTensor> output : outputs.entrySet()) {
      boolean pooled = output.getKey().equals(Outputs.POOLED);
      int stride = pooled ? hiddenSize : width * hiddenSize;
      for (int i = 0; i < rows.size(); i++) {
        Row row = input.rows().get(rows.get(i));
        int values = pooled ? hiddenSize : row.length() * hiddenSize;
        requireFinite(rows.get(i), output.getKey(), output.getValue(), i * stride, values);
        if (embedding == null) {
          file.put(output.getKey(), rows.get(i), output.getValue(), i * stride, values);
        } else {
          float[] vector =
              embedding.embedding(output.getValue().values(), i * stride, row.mask(), hiddenSize);
          file.put(
              SENTENCE_EMBEDDING, rows.get(i), FloatTensor.of(vector, hiddenSize), 0, hiddenSize);
        }
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
