package albert.experiments.run;

import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.Evaluation;
import albert.experiments.evaluation.RunTokenizer;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.kind.Predictions;
import albert.experiments.training.finetuning.FineTuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Predicts what a task has besides training and dev with the weights that are best on dev: scores
 * where there are labels, and {@code submission.zip} with the files that a server expects of the
 * task.
 *
 * @param parts at least one
 * @param tokenizerFile makes the ids
 * @param directory the run's folder
 * @param stop asks to stop
 */
public record OtherParts(
    List<EncodedTask.Part> parts, Path tokenizerFile, RunDirectory directory, StopSignal stop)
    implements FineTuning.Afterwards {
  private static final String SUBMISSION = "submission.zip";

  /**
   * Those that a configuration asks for.
   *
   * @param data the folder of the data sets
   */
  public static FineTuning.Afterwards of(
      RunConfig config, EncodedTask task, Path data, RunDirectory directory, StopSignal stop) {
    List<EncodedTask.Part> parts = task.otherParts(config.training().predictParts(), data);
    return parts.isEmpty()
        ? FineTuning.Afterwards.NOTHING
        : new OtherParts(parts, Objects.requireNonNull(task.tokenizerFile()), directory, stop);
  }

  @Override
  public List<Score> accept(Evaluation.Predictor best, RunConfig config, String protocol)
      throws IOException {
    List<Score> scores = new ArrayList<>();
    Map<String, String> files = new TreeMap<>();
    try (Tokenizer tokenizer = RunTokenizer.open(tokenizerFile, config)) {
      for (EncodedTask.Part part : parts) {
        Predictions predictions = part.predict(best, tokenizer, config, stop);
        predictions.write(directory.predictions(), part.name());
        if (part.isLabelled()) {
          scores.addAll(predictions.scores(row -> true, part.split().id(), protocol));
        }
        predictions.submission(part.split()).ifPresent(file -> files.put(file.name(), file.text()));
      }
    }
    if (!files.isEmpty()) {
      SubmissionZip.write(directory.predictions().resolve(SUBMISSION), files);
    }
    return scores;
  }
}
