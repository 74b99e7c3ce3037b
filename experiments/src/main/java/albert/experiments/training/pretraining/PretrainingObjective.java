package albert.experiments.training.pretraining;

import albert.datasets.pretraining.Prefetched;
import albert.datasets.pretraining.PretrainingBatch;
import albert.datasets.pretraining.PretrainingBatch.Place;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.training.Batches;
import albert.experiments.training.Checkup;
import albert.experiments.training.Objective;
import albert.experiments.training.Seeds;
import albert.experiments.training.TrainingPlan;
import albert.experiments.training.TrainingState;
import albert.model.io.InitialWeights;
import albert.model.runtime.TrainableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Masked words and pairs of segments. Where dropout is removed at a step, another graph does those
 * from there on.
 *
 * @param job what is pretrained
 * @param data its examples
 */
record PretrainingObjective(PretrainingJob job, PretrainingData data) implements Objective {

  private static final int BATCHES_AHEAD = 8;

  @Override
  public TrainingPlan plan() {
    return new TrainingPlan(
        job.config().schedule(),
        new Seeds(job.seed()).child(Seeds.DROPOUT),
        job.config().loggingSteps(),
        job.config().checkpointSteps(),
        job.config().keepCheckpoints());
  }

  @Override
  public TrainableModel build(long step) {
    return TrainableModel.build(
        job.encoderAt(step), job.heads(), job.config().updateRule(), job.config().runtime());
  }

  /** Until dropout is removed, or until the end: what scores the model may be broken off. */
  @Override
  public long servesUntil(long step) {
    int all = job.config().maxSteps();
    boolean removesDropout = job.config().dropoutSteps() > 0 && job.config().dropsOutAt(step);
    return removesDropout ? Math.min(job.config().dropoutSteps(), all) : all;
  }

  @Override
  public void initialize(TrainableModel model, Consumer<String> notes) {
    model.initialize(new Seeds(job.seed()).child(Seeds.INIT));
    PretrainedModel start = job.start();
    if (start != null) {
      InitialWeights initial = InitialWeights.of(start.model(), job.head(), model.shapes());
      model.assign(initial.taken());
      initial.notes(job.startName(), job.seed()).forEach(notes);
    }
  }

  @Override
  public Batches batches(TrainingState from) {
    return new Ahead(
        job,
        new Prefetched<>(data.batches(new Place(from.epoch(), from.example())), BATCHES_AHEAD),
        from.step());
  }

  /** Takes batches that another thread makes. */
  private static final class Ahead implements Batches {
    private final PretrainingJob job;
    private final Prefetched<PretrainingBatch> batches;
    private long number;

    Ahead(PretrainingJob job, Prefetched<PretrainingBatch> batches, long step) {
      this.job = job;
      this.batches = batches;
      number = step * job.config().gradientAccumulationSteps();
    }

    @Override
    public Step next() {
      List<Batch> step = new ArrayList<>();
      Place place = Place.START;
      while (step.size() < job.config().gradientAccumulationSteps()) {
        PretrainingBatch batch = batches.next();
        step.add(
            new Batch(
                PretrainingFeeds.of(batch, job.pairHead()),
                batch.size(),
                batch.tokens(),
                number++));
        place = batch.next();
      }
      return new Step(step, place.epoch(), place.example());
    }

    @Override
    public void close() {
      batches.close();
    }
  }

  @Override
  public boolean isDue(long step) {
    int every = job.config().evalSteps();
    return every > 0 && step % every == 0 && !heldOut().isEmpty();
  }

  @Override
  public Checkup check(TrainableModel model, TrainingState state) {
    HeldOutScores scores = HeldOutScores.of(model, heldOut(), job.pairHead());
    return new Checkup(scores.figures(), List.of(), false, true);
  }

  private List<PretrainingBatch> heldOut() {
    return data.heldOut(job.config().objective());
  }
}
