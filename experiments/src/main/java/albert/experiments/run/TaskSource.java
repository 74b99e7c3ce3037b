package albert.experiments.run;

import albert.datasets.squad.SquadTask;
import albert.datasets.task.Tasks;
import albert.datasets.text.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunDirectory;
import albert.experiments.config.RunConfig;
import albert.experiments.stage.StopSignal;
import albert.reports.summary.StudyDescription;
import java.nio.file.Path;
import java.util.List;

/** A task's data as it was read. */
sealed interface TaskSource permits TextSource, SpanSource {

  /**
   * Reads a task's data.
   *
   * @param task its id
   * @param folder of the data sets
   * @throws albert.datasets.DataFormatException if data is missing or malformed
   */
  static TaskSource read(String task, Path folder) {
    return SquadTask.byId(task)
        .<TaskSource>map(squad -> new SpanSource(squad.read(folder).forTraining()))
        .orElseGet(() -> new TextSource(Tasks.byId(task).orElseThrow().read(folder)));
  }

  /** What is read for a run of a configuration. */
  DataFingerprint fingerprint(RunConfig config);

  /**
   * As ids.
   *
   * @param tokenizer makes them; the caller closes it
   * @param ids of this tokenizer
   */
  EncodedTask encode(RunConfig config, Tokenizer tokenizer, EncodedTask.Ids ids);

  /** What the scores have to beat, without any training. */
  List<StudyDescription.Reference> references();

  /**
   * What is done with the best weights for the parts that are neither trained on nor dev.
   *
   * @param folder of the data sets
   * @param task this data as ids
   */
  FineTuning.Afterwards otherParts(
      Path folder,
      RunConfig config,
      EncodedTask task,
      Tokenizer tokenizer,
      RunDirectory directory,
      StopSignal stop);
}
