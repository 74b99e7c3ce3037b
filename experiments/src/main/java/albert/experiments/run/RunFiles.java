package albert.experiments.run;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.StrictJson;
import albert.model.io.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a run leaves besides its record and metrics. */
public final class RunFiles {

  /** The whole configuration of a run, beside its weights. */
  static final String CONFIG = "run_config.json";

  private RunFiles() {}

  /** The model directory of the weights that are best on dev. */
  static Path bestCheckpoint(RunDirectory directory) {
    return directory.path().resolve(ModelDirectory.BEST);
  }

  /**
   * What a model was trained with, by key; empty if that is not beside it.
   *
   * @param model a model directory, the folder of a run, or the name of another model
   */
  static Map<String, Object> readConfig(String model) throws IOException {
    Path file = ModelDirectory.of(Path.of(model)).resolve(CONFIG);
    Map<String, Object> values = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      Map<?, ?> read = new StrictJson().read(file, Map.class);
      read.forEach((key, value) -> values.put(String.valueOf(key), value));
    }
    return values;
  }
}
