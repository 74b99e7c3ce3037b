package albert.experiments.pretraining;

import albert.datasets.pretrain.PretrainingBatch.Place;

/**
 * All that a pretraining needs, besides weights and optimizer, to go on as if it had never stopped.
 * Learning rate and dropout masks follow from the step.
 *
 * @param step steps done
 * @param epoch of the next example
 * @param example the next one's place in its epoch
 * @param tokens trained on so far, padding not counted
 * @param lossSum sum of the losses since the last logged step
 * @param lossCount how many they are
 * @param seconds of training so far
 */
record PretrainingState(
    long step,
    int epoch,
    long example,
    long tokens,
    double lossSum,
    int lossCount,
    double seconds) {

  static final PretrainingState START = new PretrainingState(0, 0, 0, 0, 0, 0, 0);

  Place place() {
    return new Place(epoch, example);
  }
}
