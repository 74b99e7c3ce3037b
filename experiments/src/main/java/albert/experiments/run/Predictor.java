package albert.experiments.run;

import java.util.List;

/**
 * A fine-tuned model that predicts.
 *
 * @param <I> what it reads
 */
public sealed interface Predictor<I> extends AutoCloseable permits TextPredictor, SpanPredictor {

  /**
   * Predicts, in the order of the inputs; each result is written as one JSON object.
   *
   * @throws StoppedException if asked to stop
   */
  List<?> predict(List<I> inputs, StopSignal stop);

  @Override
  void close();
}
