package albert.experiments.training;

import albert.model.runtime.TrainableModel;
import java.io.IOException;
import java.util.function.Consumer;

/** What is trained, on what, and when it is looked at: all in which trainings differ. */
public interface Objective {

  /** What is fixed before the first step. */
  TrainingPlan plan();

  /**
   * Builds the model that does the steps from one on.
   *
   * @param step counted from 0
   */
  TrainableModel build(long step);

  /**
   * The end of the steps that the model built for a step does; it is saved there.
   *
   * @param step counted from 0
   */
  default long servesUntil(long step) {
    return Long.MAX_VALUE;
  }

  /**
   * Gives a model the weights that training begins with. One that goes on gets them too, before
   * those of its checkpoint.
   *
   * @param notes hears what is to be known of where they come from, a line each
   */
  void initialize(TrainableModel model, Consumer<String> notes);

  /** The batches from a state on. */
  Batches batches(TrainingState from);

  /**
   * Whether the weights are evaluated after a step.
   *
   * @param step steps done
   */
  boolean isDue(long step);

  /**
   * Evaluates.
   *
   * @param state of the training, the step included
   * @throws albert.experiments.stage.StoppedException if asked to stop
   * @throws IOException if a file can't be read
   */
  Checkup check(TrainableModel model, TrainingState state) throws IOException;
}
