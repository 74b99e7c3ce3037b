package albert.experiments.task.intent;

import albert.model.tensor.FloatTensor;
import java.util.List;

/**
 * What is predicted of a sentence. The array is owned.
 *
 * @param probabilities float32 [intents], of each intent
 * @param tags one a word
 */
@SuppressWarnings("ArrayRecordComponent") // owned, as documented
record JointPrediction(float[] probabilities, List<String> tags) {
  /** Copies the tags. */
  JointPrediction {
    tags = List.copyOf(tags);
  }

  /** The index of the likeliest intent, of equal ones the first. */
  int intent() {
    return FloatTensor.largest(probabilities, 0, probabilities.length);
  }
}
