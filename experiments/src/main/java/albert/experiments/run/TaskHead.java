package albert.experiments.run;

import albert.model.head.Head;
import albert.model.io.HeadDescription;
import java.util.List;

/** What stands on the encoder for a kind of task, and how its outputs are read. */
sealed interface TaskHead permits TextHead, SpanTaskHead {

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
}
