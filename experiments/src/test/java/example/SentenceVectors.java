package example;

import albert.datasets.batch.EncodedSequence;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.layer.EncoderInputs;
import albert.model.runtime.Device;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.Outputs;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.IntTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Texts and pairs of texts as vectors: the mean of the encoder's outputs over all tokens. */
public final class SentenceVectors implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final SequenceEncoder sequences;
  private final FrozenModel model;

  /** Opens a model directory. */
  public SentenceVectors(Path directory) {
    LoadedModel loaded = ModelDirectory.read(directory);
    RuntimeOptions options = new RuntimeOptions(0, Device.AUTO, Precision.FLOAT32);
    tokenizer = Tokenizers.open(loaded.tokenizerFile());
    sequences = new SequenceEncoder(tokenizer, loaded.config().maxPositionEmbeddings());
    model = FrozenModel.of(loaded.config(), List.of(), loaded.weights(), options);
  }

  /** The vector, float32 [H], of a text, or of a pair; {@code pair} is null for a single text. */
  public float[] of(String text, String pair) {
    EncodedSequence sequence = sequences.encode(text, pair);
    int[] mask = new int[sequence.length()];
    Arrays.fill(mask, 1);
    Map<String, IntTensor> batch =
        Map.of(
            EncoderInputs.INPUT_IDS, row(sequence.inputIds()),
            EncoderInputs.ATTENTION_MASK, row(mask),
            EncoderInputs.TOKEN_TYPE_IDS, row(sequence.tokenTypeIds()));
    float[] outputs =
        model.predict(batch, List.of(Outputs.SEQUENCE)).get(Outputs.SEQUENCE).values();
    float[] mean = new float[outputs.length / mask.length];
    for (int i = 0; i < outputs.length; i++) {
      mean[i % mean.length] += outputs[i] / mask.length;
    }
    return mean;
  }

  private static IntTensor row(int[] values) {
    return IntTensor.of(values, 1, values.length);
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
