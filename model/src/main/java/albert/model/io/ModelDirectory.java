package albert.model.io;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a model directory of any layout that is known from the files in it. */
public final class ModelDirectory {
  private ModelDirectory() {}

  /**
   * Reads a checkpoint of our own ({@link CheckpointDirectory}), a Hugging Face directory ({@link
   * HuggingFaceDirectory}) or one with Google's configuration and a TensorFlow checkpoint ({@link
   * GoogleDirectory}).
   *
   * @throws ModelFileException if it is none of these or its files are not sound
   */
  public static LoadedModel read(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new ModelFileException(directory, "there is no such directory");
    }
    if (CheckpointDirectory.isIn(directory)) {
      return CheckpointDirectory.read(directory);
    }
    boolean huggingFace = Files.exists(directory.resolve(HuggingFaceDirectory.CONFIG));
    if (GoogleDirectory.config(directory).isPresent()
        && !(huggingFace && SafetensorsSource.isIn(directory))) {
      return GoogleDirectory.read(directory);
    }
    if (huggingFace) {
      return HuggingFaceDirectory.read(directory);
    }
    throw new ModelFileException(
        directory,
        "no model is in it, allowed are checkpoint.json or config.json with model.safetensors, or"
            + " albert_config.json or bert_config.json with a TensorFlow checkpoint");
  }
}
