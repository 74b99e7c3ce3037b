package albert.model.runtime.gpu;

/**
 * A library of CUDA or cuDNN, and what became of it.
 *
 * @param name as TensorFlow asks for it, {@code libcudnn.so.9}
 * @param file where it is, empty where it was not found
 * @param problem why it can't be used, empty where it was loaded
 */
public record CudaLibrary(String name, String file, String problem) {

  private static final String SUFFIX = ".so.";

  /** Whether it was loaded. */
  public boolean loaded() {
    return problem.isEmpty();
  }

  /** {@code 12.6.77} of the file {@code libcudart.so.12.6.77}; empty where it was not found. */
  public String version() {
    int at = file.lastIndexOf(SUFFIX);
    return at < 0 ? "" : file.substring(at + SUFFIX.length());
  }
}
