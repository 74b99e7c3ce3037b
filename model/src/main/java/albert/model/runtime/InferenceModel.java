package albert.model.runtime;

import albert.model.head.Head;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.util.Collection;
import java.util.Map;

/** What both models for inference have in common. */
public abstract sealed class InferenceModel implements AutoCloseable
    permits EvaluationModel, FrozenModel {
  private final GraphSession session;
  private final MemoryNeeds needs;

  InferenceModel(GraphSession session, MemoryNeeds needs) {
    this.session = session;
    this.needs = needs;
  }

  /** The options that this model runs with, all of them decided. */
  public RuntimeOptions runtime() {
    return needs.runtime();
  }

  /**
   * Runs the model.
   *
   * @param batch what is fed, by placeholder
   * @param outputs names as each {@link Head} and {@link Outputs} gives them
   * @throws OutOfMemoryException if the device has not enough memory for it
   */
  public Map<String, FloatTensor> predict(
      Map<String, ? extends HostTensor> batch, Collection<String> outputs) {
    return Outputs.fetch(
        session.call().needing(() -> needs.prediction(batch)).feed(batch), outputs);
  }

  @Override
  public void close() {
    session.close();
  }
}
