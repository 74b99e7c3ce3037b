package albert.model.io;

import albert.model.config.ModelType;
import albert.model.io.file.ModelFileException;
import albert.model.io.tensorbundle.TensorBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A SavedModel of TensorFlow, of which the variables alone are read, by their names, and never the
 * graph: ours, which has a description of the model in {@value #EXTRA}, and those of TF-Hub, {@code
 * google/albert_*} (google-research/albert, {@code export_to_tfhub.py}) and {@code
 * tensorflow/albert_en_*} ({@link TensorFlowVariables}). TF-Hub's second version of the former has
 * the configuration in {@value #ASSETS}; the others need it beside.
 */
public final class SavedModelDirectory {
  /** The file of the graph. */
  public static final String GRAPH = "saved_model.pb";

  /** The directory of the variables, and the beginning of their files' names. */
  public static final String VARIABLES = "variables";

  /** The directory of what TensorFlow does not read. */
  public static final String EXTRA = "assets.extra";

  private static final String ASSETS = "assets";

  private SavedModelDirectory() {}

  /** Whether there is a SavedModel in a directory. */
  static boolean isIn(Path directory) {
    return Files.isRegularFile(directory.resolve(GRAPH));
  }

  /**
   * Reads a model.
   *
   * @throws ModelFileException if a file is not sound, there is no configuration, or a variable is
   *     missing, left over or of the wrong shape
   */
  static LoadedModel read(Path directory) {
    TensorBundle bundle = TensorBundle.open(directory.resolve(VARIABLES).resolve(VARIABLES));
    Path extra = directory.resolve(EXTRA);
    if (CheckpointDirectory.isIn(extra)) {
      return CheckpointDirectory.read(extra, bundle);
    }
    TensorFlowVariables variables = TensorFlowVariables.of(bundle);
    for (Path beside : List.of(directory, directory.resolve(ASSETS))) {
      Optional<ModelType> type = GoogleDirectory.config(beside);
      if (type.isPresent()) {
        return GoogleDirectory.read(beside, type.get(), variables, tokenizer(directory));
      }
    }
    throw new ModelFileException(
        directory,
        String.format(
            Locale.ROOT,
            "there is no albert_config.json beside %s or in %s; its variables say %s, but shared"
                + " weights don't show num_hidden_layers: put one there that says all of it",
            GRAPH,
            ASSETS,
            variables.described()));
  }

  private static @Nullable Path tokenizer(Path directory) {
    return Stream.of(directory, directory.resolve(ASSETS), directory.resolve(EXTRA))
        .map(TokenizerFiles::find)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
