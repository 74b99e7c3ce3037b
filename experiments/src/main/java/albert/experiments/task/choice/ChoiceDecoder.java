package albert.experiments.task.choice;

import albert.datasets.batch.EncodedBatch;
import albert.experiments.task.kind.Decoder;
import albert.model.head.MultipleChoiceHead;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts the scores of a question's choices together, wherever batches have them. A prediction is
 * float32 [choices].
 */
final class ChoiceDecoder implements Decoder<float[]> {
  private final ChoiceSequences sequences;
  private final int[] firstRow;
  private final List<float[]> scores = new ArrayList<>();
  private int finite;

  ChoiceDecoder(ChoiceSequences sequences) {
    this.sequences = sequences;
    firstRow = new int[sequences.questions().size()];
    int row = 0;
    for (int i = 0; i < firstRow.length; i++) {
      int choices = sequences.questions().get(i).choices().size();
      firstRow[i] = row;
      scores.add(new float[choices]);
      row += choices;
    }
    finite = firstRow.length;
  }

  @Override
  public void read(EncodedBatch batch, Map<String, FloatTensor> outputs) {
    float[] all = Objects.requireNonNull(outputs.get(MultipleChoiceHead.SCORES)).values();
    for (int i = 0; i < batch.size(); i++) {
      int row = batch.rows()[i];
      int question = sequences.example(row);
      scores.get(question)[row - firstRow[question]] = all[i];
      if (!Float.isFinite(all[i])) {
        finite = Math.min(finite, question);
      }
    }
  }

  @Override
  public int finite() {
    return finite;
  }

  @Override
  public List<float[]> predictions(int questions) {
    return scores.subList(0, questions);
  }
}
