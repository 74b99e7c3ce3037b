package albert.experiments.compress;

import albert.datasets.tokenizer.TokenizerConfigFile;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.StrictJson;
import albert.model.config.EncoderConfig;
import albert.model.config.LayerMapping;
import albert.model.config.ParameterSharing;
import albert.model.io.CheckpointDirectory;
import albert.model.io.HuggingFaceDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A compressed model on disk: a model directory with {@value #REPORT} beside the weights. The
 * report comes last, so a directory with one is complete.
 */
public final class CompressedDirectory {

  /** The {@link CompressionReport}. */
  public static final String REPORT = "compression.json";

  private CompressedDirectory() {}

  /** Whether there is a whole one, its weights still with it. */
  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(REPORT))
        && Files.exists(CheckpointDirectory.weights(directory));
  }

  /**
   * Writes a model in the layout of Hugging Face's ALBERT where that can say its sharing, else as a
   * checkpoint of our own.
   *
   * @return what the layout could not say and was written in another way, a line each
   * @throws IOException if it can't be written
   */
  public static List<String> write(Path directory, Compressor.Result result) throws IOException {
    EncoderConfig config = result.model().config();
    completeTokenizer(directory, result);
    if (config.sharing() != ParameterSharing.NONE
        && (config.layerDeltaRank() > 0 || !LayerMapping.of(config).isSequence(config.groups()))) {
      writeOwn(directory, result);
      return List.of();
    }
    List<String> notes = HuggingFaceDirectory.write(directory, result.model());
    writeReport(directory, result);
    return notes;
  }

  /** Writes a model as a checkpoint of our own, which says all of it. */
  static void writeOwn(Path directory, Compressor.Result result) throws IOException {
    completeTokenizer(directory, result);
    CheckpointDirectory.write(directory, result.model());
    writeReport(directory, result);
  }

  private static void completeTokenizer(Path directory, Compressor.Result result)
      throws IOException {
    Path tokenizer = result.model().tokenizerFile();
    if (tokenizer != null) {
      TokenizerConfigFile.complete(tokenizer, directory);
    }
  }

  private static void writeReport(Path directory, Compressor.Result result) throws IOException {
    AtomicFiles.writeText(directory.resolve(REPORT), new StrictJson().write(result.report()));
  }
}
