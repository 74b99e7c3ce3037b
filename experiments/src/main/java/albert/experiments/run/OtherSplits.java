package albert.experiments.run;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.task.GlueTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.score.GlueSubmission;
import albert.experiments.score.SubmissionZip;
import albert.experiments.stage.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Predicts what a task has besides training and dev with the weights that are best on dev: scores
 * where there are labels, and {@code submission.zip} with the files that GLUE's server expects of
 * the task. A model of MNLI also predicts AX, if it is there.
 *
 * @param data the folder of the data sets
 * @param config how the model was trained
 * @param task its data
 * @param tokenizer makes the ids; the caller closes it
 * @param directory the run's folder
 * @param stop asks to stop
 */
record OtherSplits(
    Path data,
    RunConfig config,
    TextTask task,
    Tokenizer tokenizer,
    RunDirectory directory,
    StopSignal stop)
    implements FineTuning.Afterwards {

  private static final String SUBMISSION = "submission.zip";

  @Override
  public List<Score> accept(Evaluation.Predictor best, String protocol) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    List<Score> scores = new ArrayList<>(predict(task.data(), best, protocol, files));
    if (task.task() == GlueTask.MNLI && hasDiagnostics()) {
      scores.addAll(predict(GlueTask.AX.read(data), best, protocol, files));
    }
    if (!files.isEmpty()) {
      SubmissionZip.write(directory.predictions().resolve(SUBMISSION), files);
    }
    return scores;
  }

  private List<Score> predict(
      TaskData from, Evaluation.Predictor best, String protocol, SortedMap<String, String> files)
      throws IOException {
    List<Score> scores = new ArrayList<>();
    for (SplitName split : otherSplits(from)) {
      List<TextExample> texts = from.examples(split);
      List<EncodedExample> encoded =
          new SequenceEncoder(tokenizer, config.training().maxSeqLength()).encodeAll(texts);
      TextPredictions predictions = task.predict(from.task(), texts, encoded, best, config, stop);
      String name = from.task() == task.task() ? split.id() : from.task().id();
      predictions.write(directory.predictions(), name);
      if (texts.stream().allMatch(TextExample::hasLabel)) {
        scores.addAll(predictions.scores(row -> true, split.id(), protocol));
      }
      if (from.task() instanceof GlueTask glue && glue.submissionFiles().containsKey(split)) {
        files.put(
            glue.submissionFiles().get(split), GlueSubmission.text(glue, predictions.classes()));
      }
    }
    return scores;
  }

  /** The parts of a data set that are predicted besides dev. */
  private static List<SplitName> otherSplits(TaskData data) {
    return data.splits().keySet().stream()
        .filter(split -> split != SplitName.TRAIN && split != SplitName.DEV)
        .toList();
  }

  private boolean hasDiagnostics() {
    return Files.isDirectory(data.resolve("glue/AX"))
        || Files.isDirectory(data.resolve("glue/diagnostic"));
  }
}
