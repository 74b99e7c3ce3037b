package albert.model.testing;

import albert.model.config.EncoderConfig;
import albert.model.config.ParameterSharing;
import albert.model.head.ClassificationHead;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A model and batches small enough for tests that train. */
public final class Tiny {
  private Tiny() {}

  /** Every switch of it can be flipped alone and stays valid. */
  public static EncoderConfig config() {
    return EncoderConfig.builder()
        .vocabSize(50)
        .embeddingSize(8)
        .hiddenSize(8)
        .numHiddenLayers(4)
        .sharing(ParameterSharing.ALL)
        .groups(2)
        .numAttentionHeads(2)
        .intermediateSize(16)
        .hiddenDropoutProb(0.1)
        .attentionProbsDropoutProb(0.1)
        .maxPositionEmbeddings(16)
        .build();
  }

  /** Random tokens of which the last of each row is padding, with labels of three classes. */
  public static Map<String, HostTensor> batch(int batch, int sequence, long seed) {
    Random random = new Random(seed);
    int[] ids = random.ints((long) batch * sequence, 1, 50).toArray();
    int[] types = random.ints((long) batch * sequence, 0, 2).toArray();
    int[] mask = new int[batch * sequence];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % sequence == sequence - 1 ? 0 : 1;
    }
    return new TreeMap<>(
        Map.of(
            "input_ids",
            IntTensor.of(ids, batch, sequence),
            "attention_mask",
            IntTensor.of(mask, batch, sequence),
            "token_type_ids",
            IntTensor.of(types, batch, sequence),
            ClassificationHead.LABELS,
            IntTensor.of(random.ints(batch, 0, 3).toArray(), batch)));
  }
}
