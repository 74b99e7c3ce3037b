package albert.experiments.run;

import albert.datasets.text.TokenizerConfigFile;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.StrictJson;
import albert.experiments.config.RunConfig;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
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

  /** The whole configuration of a run, beside its weights. */
  static final String CONFIG = "run_config.json";

  private RunFiles() {}

  /** The model directory of the weights that are best on dev. */
  static Path bestCheckpoint(RunDirectory directory) {
    return directory.path().resolve("checkpoint-best");
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
    Path tokenizer = task.ids().tokenizerFile();
    if (tokenizer != null) {
      TokenizerConfigFile.complete(tokenizer, folder);
    }
    CheckpointDirectory.write(
        folder,
        new LoadedModel(
            config.encoder(), task.head(config).description(), weights, tokenizer, List.of()));
    AtomicFiles.writeText(folder.resolve(CONFIG), new StrictJson().write(config.values()));
    return Files.size(CheckpointDirectory.weights(folder));
  }

  /**
   * What a model was trained with, by key; empty if that is not beside it.
   *
   * @param model a model directory, or the name of another model
   */
  static Map<String, Object> readConfig(String model) throws IOException {
    Path file = Path.of(model).resolve(CONFIG);
    Map<String, Object> values = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      Map<?, ?> read = new StrictJson().read(file, Map.class);
      read.forEach((key, value) -> values.put(String.valueOf(key), value));
    }
    return values;
  }

  /** Whether a folder is there and not empty. */
  public static boolean holdsFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
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
