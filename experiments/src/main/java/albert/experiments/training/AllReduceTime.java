package albert.experiments.training;

import albert.evaluation.record.AllReduceCost;
import albert.model.runtime.AllReduceProbe;
import albert.model.runtime.TrainableModel;
import org.jspecify.annotations.Nullable;

/** What summing up the gradients of several devices takes. */
public final class AllReduceTime {

  private AllReduceTime() {}

  /** Counted and measured for a model; null if it is trained on one device. */
  public static @Nullable AllReduceCost of(TrainableModel model) {
    long bytes = model.allReduceBytes();
    return bytes == 0
        ? null
        : new AllReduceCost(bytes, AllReduceProbe.seconds(bytes, model.runtime()) * 1e3);
  }
}
