package albert.experiments.task.summary;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.summary.SummaryDocument;
import albert.datasets.summary.SummaryWindow;
import albert.experiments.task.kind.Decoder;
import albert.model.head.SentenceHead;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives every sentence the probability of the logit at its [CLS], and takes the best. */
final class SummaryDecoder implements Decoder<Extract> {
  private final SummaryConfig keys;
  private final List<SummaryDocument> documents;
  private final List<SummaryWindow> windows;
  private final List<Float[]> scores = new ArrayList<>();
  private int finite;

  SummaryDecoder(SummaryConfig keys, SummarySequences sequences) {
    this.keys = keys;
    this.documents = sequences.documents();
    this.windows = sequences.windows();
    documents.forEach(document -> scores.add(new Float[document.sentences().size()]));
    this.finite = documents.size();
  }

  @Override
  public void read(EncodedBatch batch, Map<String, FloatTensor> outputs) {
    float[] logits = Objects.requireNonNull(outputs.get(SentenceHead.LOGITS)).values();
    for (int row = 0; row < batch.size(); row++) {
      SummaryWindow window = windows.get(batch.rows()[row]);
      for (int i = 0; i < window.positions().length; i++) {
        float logit = logits[row * batch.sequenceLength() + window.positions()[i]];
        if (!Float.isFinite(logit)) {
          finite = Math.min(finite, window.document());
        }
        scores.get(window.document())[window.first() + i] = (float) (1 / (1 + Math.exp(-logit)));
      }
    }
  }

  @Override
  public int finite() {
    return finite;
  }

  @Override
  public List<Extract> predictions(int examples) {
    List<Extract> extracts = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      extracts.add(Extract.best(documents.get(i), Arrays.asList(scores.get(i)), keys));
    }
    return extracts;
  }
}
