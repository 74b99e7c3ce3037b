package albert.experiments.task.kind;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.Example;
import albert.datasets.task.Task;
import albert.model.head.Head;
import albert.model.io.HeadDescription;
import albert.model.tensor.HostTensor;
import java.util.List;
import java.util.Map;

/** What stands on the encoder for a task, what it is fed, and how its outputs are read. */
public interface TaskHead<X extends Example, S extends Sequences, P> {
  /**
   * The head.
   *
   * @param classWeights one a class, or none
   */
  Head build(List<Double> classWeights);

  /** The same as weight files describe it. */
  HeadDescription description();

  /** The names of the outputs that predictions are made of. */
  List<String> outputs();

  /** What is to be learnt from a batch, by the names of the head's labels. */
  Map<String, HostTensor> labels(EncodedBatch batch);

  /** Reads what a model puts out for sequences. */
  Decoder<P> decoder(S sequences);

  /** A prediction as {@code predict} writes it: a JSON object. */
  Object result(X example, P prediction);

  /** What is predicted for a part of a data set. */
  Predictions predictions(Task<X> task, List<X> examples, List<P> predicted);
}
