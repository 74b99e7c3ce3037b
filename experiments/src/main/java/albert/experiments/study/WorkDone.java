package albert.experiments.study;

import albert.datasets.DataFormatException;
import albert.evaluation.record.RunDirectory;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.compress.CompressedModels;
import albert.experiments.config.PretrainingStage;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.run.StartWeights;
import albert.experiments.training.TrainingCheckpoints;
import albert.experiments.training.pretraining.StudyPretraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What there is of the work on a study: of what its runs share, and of a training that was broken
 * off. It looks and begins nothing.
 *
 * @param models reads checkpoints
 * @param pretraining makes and finds what was pretrained
 * @param folder of the study, or of a single run
 */
public record WorkDone(PretrainedModels models, StudyPretraining pretraining, Path folder) {

  /**
   * Something that runs share.
   *
   * @param name the same for all runs that share it
   * @param done whether it is there
   * @param steps that are done of it
   */
  public record Part(String name, boolean done, long steps) {}

  /** The pretraining of a run that has one. Where its texts are missing, it is told by its keys. */
  public Part pretraining(RunConfig config, RunSeeds seeds) {
    PretrainingStage stage = Objects.requireNonNull(config.pretraining());
    try {
      StudyPretraining.State state =
          pretraining.state(config, seeds, StartWeights.pretrained(folder));
      return new Part(state.folder().toString(), state.done(), state.steps());
    } catch (IOException | UncheckedIOException | InputException | DataFormatException e) {
      String name = String.join(" ", config.start().name(), stage.toString());
      return new Part(name + stage.seed(seeds), false, 0);
    }
  }

  /** The compression of a run that has one. It goes by what it starts from, its shape and keys. */
  public Part compression(RunConfig config, RunSeeds seeds) {
    CompressedModels compressed = new CompressedModels(StartWeights.compressed(folder), null);
    if (config.pretraining() == null) {
      return part(compressed, config, seeds, config.start().name());
    }
    Part start = pretraining(config, seeds);
    return start.done()
        ? part(compressed, config, seeds, start.name())
        : new Part(start.name() + " " + CompressedModels.shape(config, seeds), false, 0);
  }

  private Part part(CompressedModels compressed, RunConfig config, RunSeeds seeds, String model) {
    Path directory = compressed.directory(models.get(model), config, seeds);
    return new Part(directory.toString(), CompressedModels.isThere(directory), 0);
  }

  /** Steps of a training that is not over. */
  public static long training(RunDirectory run) throws IOException {
    return TrainingCheckpoints.stepsDone(run);
  }
}
