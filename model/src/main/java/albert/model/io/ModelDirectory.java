package albert.model.io;

import albert.model.io.file.ModelFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads a model directory; the files in it tell which layout it has. */
public final class ModelDirectory {
  /** The folder of a run's last weights, in the run's. */
  public static final String LAST = "checkpoint";

  /** The folder of the weights that are best on dev, in the run's. */
  public static final String BEST = "checkpoint-best";

  /** The record in a run's folder. */
  private static final String RUN = "run.json";

  private ModelDirectory() {}

  /**
   * The directory with a model's files: the given one, or, if that is the folder of a run, the one
   * of its last weights, or of its best weights if only those were kept.
   */
  public static Path of(Path given) {
    return isOne(given)
        ? given
        : Stream.of(LAST, BEST)
            .map(given::resolve)
            .filter(CheckpointDirectory::isIn)
            .findFirst()
            .orElse(given);
  }

  private static boolean isOne(Path directory) {
    return CheckpointDirectory.isIn(directory)
        || SavedModelDirectory.isIn(directory)
        || GoogleDirectory.config(directory).isPresent()
        || Files.exists(directory.resolve(HuggingFaceDirectory.CONFIG));
  }

  /**
   * Reads a checkpoint of our own ({@link CheckpointDirectory}), a Hugging Face directory ({@link
   * HuggingFaceDirectory}), a SavedModel ({@link SavedModelDirectory}) or a directory with Google's
   * configuration and a TensorFlow checkpoint ({@link GoogleDirectory}).
   *
   * @param given the directory, or a run's folder, see {@link #of}
   * @throws ModelFileException if it is none of these or its files are not sound
   */
  public static LoadedModel read(Path given) {
    if (!Files.isDirectory(given)) {
      throw new ModelFileException(given, "there is no such directory");
    }
    Path directory = of(given);
    if (CheckpointDirectory.isIn(directory)) {
      return CheckpointDirectory.read(directory);
    }
    boolean huggingFace = Files.exists(directory.resolve(HuggingFaceDirectory.CONFIG));
    if (huggingFace && WeightFiles.isIn(directory)) {
      return HuggingFaceDirectory.read(directory);
    }
    if (SavedModelDirectory.isIn(directory)) {
      return SavedModelDirectory.read(directory);
    }
    if (GoogleDirectory.config(directory).isPresent()) {
      return GoogleDirectory.read(directory);
    }
    if (huggingFace) {
      return HuggingFaceDirectory.read(directory);
    }
    if (Files.exists(directory.resolve(RUN))) {
      throw new ModelFileException(
          directory,
          "the run kept none of its weights; ./albert replay with this folder and --output DIR"
              + " makes them again, and the key keep keeps them");
    }
    throw new ModelFileException(
        directory,
        "no model is in it, allowed are checkpoint.json or config.json with model.safetensors or"
            + " pytorch_model.bin, or saved_model.pb, or albert_config.json or bert_config.json with"
            + " a TensorFlow checkpoint, or, of a run, checkpoint");
  }
}
