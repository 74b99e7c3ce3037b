package albert.experiments.task.kind;

import albert.datasets.batch.EncodedBatch;
import albert.model.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** Puts a model's outputs for batches of sequences together, and makes predictions of them. */
public interface Decoder<P> {
  /** Takes the outputs for a batch, by name. */
  void read(EncodedBatch batch, Map<String, FloatTensor> outputs);

  /** How many examples come before the first of which an output is NaN or infinite. */
  int finite();

  /** What is predicted of the first so many examples. */
  List<P> predictions(int examples);
}
