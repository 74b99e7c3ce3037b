package albert.experiments.training.finetuning;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.experiments.config.RunConfig;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.training.Batches;
import albert.experiments.training.TrainingState;
import java.util.ArrayList;
import java.util.List;

/** The training examples of a task, epoch after epoch; the last step of one may have fewer. */
final class TrainBatches implements Batches {

  private final EncodedTask task;
  private final RunConfig config;
  private final Batcher batcher;
  private final long seed;
  private List<EncodedBatch> batches;
  private int epoch;
  private int next;
  private long example;

  /**
   * @param seed of the order
   */
  TrainBatches(EncodedTask task, RunConfig config, long seed, TrainingState from) {
    this.task = task;
    this.config = config;
    this.seed = seed;
    batcher = task.trainBatches(config);
    epoch = from.epoch();
    batches = batcher.epoch(seed, epoch);
    long before = epoch * config.training().stepsPerEpoch(task.trainSize());
    next = Math.toIntExact(Math.min((from.step() - before) * perStep(), batches.size()));
    example = from.example();
  }

  @Override
  public Step next() {
    if (next == batches.size()) {
      epoch++;
      batches = batcher.epoch(seed, epoch);
      next = 0;
      example = 0;
    }
    List<Batch> step = new ArrayList<>();
    while (step.size() < perStep() && next < batches.size()) {
      EncodedBatch batch = batches.get(next);
      long number = (long) epoch * batches.size() + next;
      int size = batch.size() / task.together();
      step.add(new Batch(task.labelled(batch, config), size, batch.tokens(), number));
      next++;
      example += size;
    }
    return new Step(step, epoch, example);
  }

  private int perStep() {
    return config.training().gradientAccumulationSteps();
  }
}
