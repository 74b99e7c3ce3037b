package albert.model.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is a GPU for TensorFlow. */
final class Gpus {
  private Gpus() {}

  /**
   * Whether the NVIDIA driver is loaded and this build of TensorFlow is one for GPUs. Neither needs
   * a CUDA context, which would take a GPU's memory for the asking.
   */
  static boolean present() {
    return Files.exists(Path.of("/proc/driver/nvidia/version"))
        && System.getProperty("java.class.path", "").contains("-gpu.jar");
  }
}
