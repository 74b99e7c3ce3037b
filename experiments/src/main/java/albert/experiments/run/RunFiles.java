package albert.experiments.run;

import albert.datasets.task.Task;
import albert.datasets.task.TaskKind;
import albert.datasets.task.TextExample;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.StrictJson;
import albert.experiments.config.RunConfig;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run leaves besides its record and metrics. */
public final class RunFiles {

  private static final String PREDICTIONS = "dev.jsonl";
  private static final String BEST_PREDICTIONS = "dev-best.jsonl";
  private static final String CONFIG = "run_config.json";

  private RunFiles() {}

  /** Predictions of the last weights for dev. */
  static Path predictions(RunDirectory directory) {
    return directory.predictions().resolve(PREDICTIONS);
  }

  /** Predictions of the weights that are best on dev. */
  static Path bestPredictions(RunDirectory directory) {
    return directory.predictions().resolve(BEST_PREDICTIONS);
  }

  /** The model directory of the weights that are best on dev. */
  static Path bestCheckpoint(RunDirectory directory) {
    return directory.path().resolve("checkpoint-best");
  }

  /**
   * Writes predictions: a line an example with {@code id}, {@code prediction} and, where they are
   * known, {@code label} and {@code probabilities}.
   */
  static void writePredictions(
      Path file, Task task, List<TextExample> examples, Evaluation evaluation) throws IOException {
    double[] predictions = evaluation.predictions(task.kind());
    AtomicFiles.write(
        file,
        out -> {
          for (int row = 0; row < examples.size(); row++) {
            Map<String, Object> line =
                line(task, examples.get(row), predictions[row], evaluation.values()[row]);
            out.write((CanonicalJson.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private static Map<String, Object> line(
      Task task, TextExample example, double prediction, float[] values) {
    Map<String, Object> line = new TreeMap<>();
    line.put("id", example.id());
    if (task.kind() == TaskKind.CLASSIFICATION) {
      List<String> labels = task.labels();
      List<Float> probabilities = new ArrayList<>(values.length);
      for (float value : values) {
        probabilities.add(value);
      }
      line.put("prediction", labels.get((int) prediction));
      line.put("probabilities", probabilities);
      if (example.hasLabel()) {
        line.put("label", labels.get(example.labelIndex()));
      }
    } else {
      line.put("prediction", prediction);
      if (example.hasLabel()) {
        line.put("label", example.label());
      }
    }
    return line;
  }

  /**
   * Writes a model directory with the trained weights, and beside them the whole configuration of
   * the run.
   *
   * @return bytes of the weights' file
   */
  static long writeCheckpoint(
      Path folder, RunConfig config, EncodedTask task, SortedMap<String, FloatTensor> weights)
      throws IOException {
    CheckpointDirectory.write(
        folder,
        new LoadedModel(
            config.encoder(),
            Feeds.description(task.task()),
            weights,
            task.tokenizerFile(),
            List.of()));
    AtomicFiles.writeText(folder.resolve(CONFIG), new StrictJson().write(config.values()));
    return Files.size(CheckpointDirectory.weights(folder));
  }

  /** Deletes a folder and what is in it, if it is there. */
  public static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = new ArrayList<>(paths.toList());
    }
    java.util.Collections.reverse(deepestFirst);
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
