package albert.experiments.config;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;

/** The architectures of the checkpoints that the key {@code model} names. */
@FunctionalInterface
public interface Checkpoints {

  /** Where nothing starts from a checkpoint. */
  Checkpoints NONE =
      model -> {
        throw new ConfigException(ConfigKeys.MODEL, "model is not allowed here");
      };

  /**
   * The architecture of a checkpoint.
   *
   * @param model a model directory, or the name of a model that arrives by Maven
   * @throws ConfigException if there is none or it is not sound
   */
  EncoderConfig architecture(String model);
}
