package albert.experiments.run;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.pretrained.PretrainedModel;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pretrains what runs start from, each start once: runs that need the same one share it, and wait
 * for the one that is at it. All methods are for configurations that have a pretraining.
 */
public interface PretrainedStarts {

  /**
   * A start that is there.
   *
   * @param model what was pretrained
   * @param scores on what was held out of its corpus
   */
  record Pretrained(PretrainedModel model, List<Score> scores) {
    /** Copies the scores. */
    public Pretrained {
      scores = List.copyOf(scores);
    }
  }

  /** What a pretraining reads. */
  List<DataFingerprint> inputs(RunConfig config);

  /**
   * Whether someone else is at what a run starts from.
   *
   * @param folder where starts are kept
   */
  boolean isBusy(RunConfig config, RunSeeds seeds, Path folder) throws IOException;

  /**
   * What a run starts from, pretrained or, from its checkpoint, gone on with if it is not there.
   *
   * @param folder where starts are kept
   * @param watch measures it, if it is done here
   * @param notes hears of what came out meanwhile, a line each
   * @throws albert.experiments.training.DivergedException if a loss is no longer finite
   * @throws albert.experiments.stage.StoppedException if asked to stop
   * @throws IOException if a file can't be read or written
   */
  Pretrained of(
      RunConfig config,
      RunSeeds seeds,
      Path folder,
      StageWatch watch,
      Consumer<String> notes,
      StopSignal stop)
      throws IOException;

  /**
   * How far what a run starts from is.
   *
   * @param folder its own, named by all that decides it
   * @param done whether it is there
   * @param steps that were done, if it is not
   */
  record State(Path folder, boolean done, long steps) {}

  /**
   * Looks how far it is; begins nothing.
   *
   * @param folder where starts are kept; need not exist
   * @throws IOException if a file can't be read
   */
  State state(RunConfig config, RunSeeds seeds, Path folder) throws IOException;
}
