package albert.experiments.task.entity;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.entity.ConllFile;
import albert.datasets.entity.SentenceWindow;
import albert.experiments.task.kind.Decoder;
import albert.model.head.TokenClassificationHead;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives every word the tag with the largest logit at its first piece; without a piece, O. */
public final class EntityDecoder implements Decoder<List<String>> {
  private final List<String> labels;
  private final List<SentenceWindow> windows;
  private final List<List<String>> tags = new ArrayList<>();
  private int finite;

  /**
   * @param labels the tags in the order of the logits
   */
  public EntityDecoder(List<String> labels, EntitySequences sequences) {
    this.labels = labels;
    this.windows = sequences.windows();
    sequences
        .sentences()
        .forEach(
            sentence ->
                tags.add(
                    new ArrayList<>(
                        Collections.nCopies(sentence.words().size(), ConllFile.OUTSIDE))));
    this.finite = tags.size();
  }

  @Override
  public void read(EncodedBatch batch, Map<String, FloatTensor> outputs) {
    float[] logits = Objects.requireNonNull(outputs.get(TokenClassificationHead.LOGITS)).values();
    for (int row = 0; row < batch.size(); row++) {
      SentenceWindow window = windows.get(batch.rows()[row]);
      for (int i = 0; i < window.words().length; i++) {
        int from = (row * batch.sequenceLength() + window.positions()[i]) * labels.size();
        if (!FloatTensor.isFinite(logits, from, from + labels.size())) {
          finite = Math.min(finite, window.sentence());
        }
        int label = FloatTensor.largest(logits, from, from + labels.size()) - from;
        tags.get(window.sentence()).set(window.words()[i], labels.get(label));
      }
    }
  }

  @Override
  public int finite() {
    return finite;
  }

  @Override
  public List<List<String>> predictions(int examples) {
    return tags.subList(0, examples);
  }
}
