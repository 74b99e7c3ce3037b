package albert.model.runtime;

/** Where a model runs. */
public enum Device {
  /** The first GPU if TensorFlow has one, else the CPU. */
  AUTO,
  /** The CPU, even if there is a GPU. */
  CPU,
  /** A GPU; an error if TensorFlow has none. */
  GPU
}
