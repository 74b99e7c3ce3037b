package albert.experiments.task.kind;

import albert.datasets.batch.EncodedExample;
import java.util.List;

/**
 * Examples as a model reads them: each is one sequence or several, in the order of the examples.
 */
public interface Sequences {
  /** The sequences; {@link EncodedExample#row()} is the index in this list. */
  List<EncodedExample> rows();

  /** The index of the example that a sequence is of. */
  default int example(int row) {
    return row;
  }

  /** How many of the examples were cut. */
  long cut();
}
