package albert.experiments.task.intent;

import albert.datasets.batch.EncodedBatch;
import albert.experiments.task.entity.EntityDecoder;
import albert.experiments.task.entity.EntitySequences;
import albert.experiments.task.kind.Decoder;
import albert.model.head.ClassificationHead;
import albert.model.io.HeadDescription;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The intent of a sentence from its first window, and the tags of its words from all of them. */
final class JointDecoder implements Decoder<JointPrediction> {
  private final EntitySequences sequences;
  private final EntityDecoder tags;
  private final float[][] probabilities;
  private int finite;

  JointDecoder(HeadDescription head, EntitySequences sequences) {
    this.sequences = sequences;
    this.tags = new EntityDecoder(head.tags(), sequences);
    this.finite = sequences.sentences().size();
    this.probabilities = new float[finite][];
  }

  @Override
  public void read(EncodedBatch batch, Map<String, FloatTensor> outputs) {
    tags.read(batch, outputs);
    float[] all = Objects.requireNonNull(outputs.get(ClassificationHead.PROBABILITIES)).values();
    int width = all.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      int row = batch.rows()[i];
      int sentence = sequences.example(row);
      if (row > 0 && sequences.example(row - 1) == sentence) {
        continue;
      }
      if (!FloatTensor.isFinite(all, i * width, (i + 1) * width)) {
        finite = Math.min(finite, sentence);
      }
      probabilities[sentence] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
    }
  }

  @Override
  public int finite() {
    return Math.min(finite, tags.finite());
  }

  @Override
  public List<JointPrediction> predictions(int examples) {
    List<List<String>> ofWords = tags.predictions(examples);
    List<JointPrediction> predictions = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      predictions.add(new JointPrediction(probabilities[i], ofWords.get(i)));
    }
    return predictions;
  }
}
