package albert.experiments.run;

import albert.evaluation.record.Score;
import albert.experiments.Folders;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.compress.CompressedModels;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.pretraining.StudyPretraining;
import albert.model.io.LoadedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The weights that runs start from: a checkpoint or what was pretrained, compressed where a run has
 * another shape. They are kept in a folder and shared by all runs that need them.
 */
public final class StartWeights {

  private static final String PRETRAINED = "pretrained";
  private static final String COMPRESSED = "compressed";
  private static final String TEACHER = "teacher";

  private final RunEnvironment settings;
  private final Path pretrained;
  private final Path compressedFolder;
  private final CompressedModels compressed;
  private final RunListener progress;
  private final StopSignal stop;

  /**
   * @param folder of a study or of a single run, in which they have folders of their own
   * @param runs that start from them
   */
  public StartWeights(
      RunEnvironment settings,
      Path folder,
      List<PlannedRun> runs,
      RunListener progress,
      StopSignal stop) {
    this.settings = settings;
    this.progress = progress;
    this.stop = stop;
    pretrained = pretrained(folder);
    compressedFolder = compressed(folder);
    compressed =
        new CompressedModels(
            compressedFolder, CompressedModels.shareBatches(runs) ? teacher(folder) : null);
  }

  /** Where what was pretrained is kept. */
  public static Path pretrained(Path folder) {
    return folder.resolve(PRETRAINED);
  }

  /** Where what was compressed is kept. */
  public static Path compressed(Path folder) {
    return folder.resolve(COMPRESSED);
  }

  /** Where a checkpoint's hidden states are kept while there are shapes to learn them. */
  public static Path teacher(Path folder) {
    return folder.resolve(TEACHER);
  }

  /**
   * Deletes what no run of a study needs once all are over.
   *
   * @param folder of the study
   */
  public static void deleteStates(Path folder) throws IOException {
    try {
      Folders.delete(teacher(folder));
    } catch (UncheckedIOException | NoSuchFileException e) {
      // another process of the study deletes them at the same time
    }
  }

  /**
   * What a run starts from.
   *
   * @param model null for weights that are drawn
   * @param scores of its pretraining; empty without one
   */
  record Begun(@Nullable LoadedModel model, List<Score> scores) {}

  /** Whether another process is at what a run needs first. */
  public boolean isBusy(RunJob job) throws IOException {
    return job.run().config().pretraining() != null
        && settings.pretraining().isBusy(job.run().config(), job.run().seeds(), pretrained);
  }

  /**
   * Reads or makes it.
   *
   * @param watch measures the stages of what is made
   */
  Begun of(RunJob job, StageWatch watch) throws IOException {
    RunConfig config = job.run().config();
    RunSeeds seeds = job.run().seeds();
    if (config.pretraining() != null) {
      StudyPretraining.Pretrained start =
          settings.pretraining().of(config, seeds, pretrained, watch, progress::announced, stop);
      return new Begun(shaped(start.model(), job.run(), watch), start.scores());
    }
    PretrainedModel checkpoint = job.checkpoint();
    return new Begun(checkpoint == null ? null : shaped(checkpoint, job.run(), watch), List.of());
  }

  /** Deletes what was compressed: a single run shares it with no other. */
  void deleteCompressed() throws IOException {
    Folders.delete(compressedFolder);
  }

  /**
   * The folders in which a study, or a single run, keeps what its runs start from.
   *
   * @param folder of the study or of the run
   */
  public static List<Path> foldersIn(Path folder) throws IOException {
    List<Path> starts = new ArrayList<>();
    for (String kind : List.of(PRETRAINED, COMPRESSED)) {
      if (Files.isDirectory(folder.resolve(kind))) {
        try (Stream<Path> all = Files.list(folder.resolve(kind))) {
          all.filter(Files::isDirectory).sorted().forEach(starts::add);
        }
      }
    }
    return starts;
  }

  private LoadedModel shaped(PretrainedModel start, PlannedRun run, StageWatch watch)
      throws IOException {
    return run.config().compression() == null
        ? start.model()
        : compressed.of(start, run.config(), run.seeds(), watch, stop);
  }
}
