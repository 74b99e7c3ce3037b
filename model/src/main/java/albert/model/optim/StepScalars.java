package albert.model.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The numbers that change from step to step, fed as float32 scalars.
 *
 * @param learningRate the schedule's rate
 * @param correction1 {@code 1 - beta1^t} with bias correction, else 1
 * @param correction2 {@code √(1 - beta2^t)} with bias correction, else 1
 */
public record StepScalars(
    Operand<TFloat32> learningRate, Operand<TFloat32> correction1, Operand<TFloat32> correction2) {

  private static final String LEARNING_RATE = "learning_rate";
  private static final String CORRECTION_1 = "bias_correction_1";
  private static final String CORRECTION_2 = "bias_correction_2";

  /** Adds the placeholders. */
  public static StepScalars placeholders(Ops tf) {
    return new StepScalars(
        placeholder(tf, LEARNING_RATE),
        placeholder(tf, CORRECTION_1),
        placeholder(tf, CORRECTION_2));
  }

  /** The same with another share of the learning rate. */
  public StepScalars withRateTimes(Ops tf, double factor) {
    return factor == 1
        ? this
        : new StepScalars(
            tf.math.mul(learningRate, tf.constant((float) factor)), correction1, correction2);
  }

  /**
   * What to feed at a step.
   *
   * @param step number of the update, from 0
   * @return values by placeholder
   */
  public static Map<String, Float> values(OptimizerConfig config, double learningRate, long step) {
    double first = config.biasCorrection() ? 1 - Math.pow(config.beta1(), (double) (step + 1)) : 1;
    double second = config.biasCorrection() ? 1 - Math.pow(config.beta2(), (double) (step + 1)) : 1;
    Map<String, Float> values = new LinkedHashMap<>();
    values.put(LEARNING_RATE, (float) learningRate);
    values.put(CORRECTION_1, (float) first);
    values.put(CORRECTION_2, (float) Math.sqrt(second));
    return values;
  }

  private static Operand<TFloat32> placeholder(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }
}
