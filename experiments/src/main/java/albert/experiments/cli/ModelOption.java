package albert.experiments.cli;

import albert.experiments.pretrained.PretrainedModel;
import albert.experiments.pretrained.PretrainedModels;
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
              + " (runs/STUDY/RUN/checkpoint), or "
              + PretrainedModels.MINILM
              + ".")
  private String model;

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
    PretrainedModel read = new PretrainedModels().get(model);
    read.model().notes().forEach(note -> err.println("albert: " + note));
    err.flush();
    return read;
  }
}
