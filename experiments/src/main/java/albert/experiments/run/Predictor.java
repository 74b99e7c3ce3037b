package albert.experiments.run;

import albert.experiments.stage.StopSignal;
import albert.model.tensor.NonFiniteException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A fine-tuned model that predicts.
 *
 * @param <I> what it reads
 */
public sealed interface Predictor<I> extends AutoCloseable permits TextPredictor, SpanPredictor {

  /**
   * Predicts. Messages name an input by its id.
   *
   * @param results gets one for each input, in their order, to be written as a JSON object
   * @throws albert.experiments.InputException before any work, if the model can't read an input
   * @throws albert.model.tensor.NonFiniteException if what the model says of an input is NaN or
   *     infinite; all before it have their results
   * @throws albert.experiments.stage.StoppedException if asked to stop
   */
  void predict(List<I> inputs, StopSignal stop, Consumer<Object> results);

  /** What of the inputs so far was longer than the model reads, in words; empty if nothing was. */
  Optional<String> cut();

  /** What is said of an input for which the model's outputs are no numbers. */
  static NonFiniteException nonFinite(String id) {
    return new NonFiniteException(
        id + ": the model's output is NaN or infinite, so there is no prediction");
  }

  @Override
  void close();
}
