package albert.experiments.encoding;

import albert.datasets.batch.EncodedSequence;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.Sha256;
import albert.experiments.ModelInputs;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.Outputs;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.NonFiniteException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Texts to vectors of length 1. */
public final class Embedder implements AutoCloseable {
  /** Changes with the code whenever the same settings give other vectors. */
  private static final int VERSION = 1;

  private static final int BATCH_SIZE = 32;

  private final PretrainedModel checkpoint;
  private final EmbeddingSettings settings;
  private final Tokenizer tokenizer;
  private final SequenceEncoder sequences;
  private final FrozenModel model;

  private Embedder(PretrainedModel checkpoint, EmbeddingSettings settings, RuntimeOptions runtime) {
    this.checkpoint = checkpoint;
    this.settings = settings;
    tokenizer = checkpoint.openTokenizer();
    sequences = new SequenceEncoder(tokenizer, settings.maxSeqLength());
    model =
        FrozenModel.of(
            checkpoint.model().config(), List.of(), checkpoint.model().weights(), runtime);
  }

  /**
   * Opens a model.
   *
   * @param settings of which the vectors are brought to length 1 in any case
   * @throws albert.experiments.InputException if it has no tokenizer
   */
  public static Embedder open(
      PretrainedModel checkpoint, EmbeddingSettings settings, RuntimeOptions runtime) {
    return new Embedder(
        checkpoint,
        new EmbeddingSettings(settings.pooling(), true, settings.maxSeqLength()),
        runtime);
  }

  /** How the vectors are made. */
  public EmbeddingSettings settings() {
    return settings;
  }

  /** How many of the texts so far were too long and cut. */
  public long cut() {
    return sequences.cut();
  }

  /** The size of a vector, H. */
  public int size() {
    return checkpoint.model().config().hiddenSize();
  }

  /**
   * What no other vectors have: SHA-256 over the model, all that decides how it reads texts, and
   * the texts. Last bits, which the number of threads and the processor decide, are not in it.
   */
  String key(List<String> texts) {
    Sha256 key =
        new Sha256()
            .add(VERSION)
            .add(checkpoint.weights().sha256())
            .add(checkpoint.model().config().toString())
            .add(tokenizer.fingerprint())
            .add(settings.toString())
            .add(model.runtime().precision().name())
            .add(texts.size());
    texts.forEach(key::add);
    return key.hex();
  }

  /**
   * The vectors of texts, in their order.
   *
   * @param place says where a text comes from, for messages
   * @param progress told how many texts are done after each batch
   * @return float32 [texts, H]
   * @throws albert.experiments.InputException if the model can't read a text
   * @throws NonFiniteException if a vector is NaN or infinite
   * @throws albert.experiments.stage.StoppedException if asked to stop
   */
  public FloatTensor embed(
      List<String> texts, IntFunction<String> place, StopSignal stop, IntConsumer progress)
      throws IOException {
    List<Row> rows = rows(texts, place);
    int size = size();
    float[] vectors = new float[Math.multiplyExact(texts.size(), size)];
    new RowBatches(rows, BATCH_SIZE)
        .run(
            model,
            List.of(Outputs.SEQUENCE),
            stop,
            progress,
            (members, width, outputs) -> {
              float[] values = Objects.requireNonNull(outputs.get(Outputs.SEQUENCE)).values();
              for (int i = 0; i < members.size(); i++) {
                int row = members.get(i);
                int from = i * width * size;
                int[] mask = rows.get(row).mask();
                if (!FloatTensor.isFinite(values, from, from + mask.length * size)) {
                  throw new NonFiniteException(
                      place.apply(row)
                          + ": the model's output is NaN or infinite, so there is no embedding");
                }
                float[] vector = settings.embedding(values, from, mask, size);
                System.arraycopy(vector, 0, vectors, row * size, size);
              }
            });
    return FloatTensor.of(vectors, texts.size(), size);
  }

  private List<Row> rows(List<String> texts, IntFunction<String> place) {
    EncoderConfig config = checkpoint.model().config();
    List<Row> rows = new ArrayList<>(texts.size());
    for (String text : texts) {
      EncodedSequence sequence = sequences.encode(text, null);
      ModelInputs.requireReadable(config, place.apply(rows.size()), sequence);
      rows.add(Row.of(sequence));
    }
    return rows;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
