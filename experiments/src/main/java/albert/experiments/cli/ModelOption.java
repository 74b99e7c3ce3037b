package albert.experiments.cli;

import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.checkpoint.PretrainedModels;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --model}, and reading what it names. */
final class ModelOption {

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description =
          "A Hugging Face directory, one with a TensorFlow checkpoint, a checkpoint of the suite"
              + " (runs/STUDY/RUN, whose last weights are used, or its checkpoint-best), or "
              + PretrainedModels.MINILM
              + ".")
  private String model;

  /** Models that are said on standard error where there was a choice. */
  static PretrainedModels models(PrintWriter err) {
    return new PretrainedModels(
        choice -> {
          err.println("albert: " + choice);
          err.flush();
        });
  }

  /** The name that was given. */
  String name() {
    return model;
  }

  /**
   * Reads the model.
   *
   * @param err told what was done about its files
   */
  PretrainedModel read(PrintWriter err) {
    PretrainedModel read = models(err).get(model);
    read.model().notes().forEach(note -> err.println("albert: " + note));
    err.flush();
    return read;
  }
}
