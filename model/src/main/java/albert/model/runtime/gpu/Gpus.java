package albert.model.runtime.gpu;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The GPUs that TensorFlow can use.
 *
 * @param list in the driver's order
 * @param obstacle why there is none, in words; empty where there are some
 */
public record Gpus(List<Gpu> list, String obstacle) {

  private static final Logger NOTES = LoggerFactory.getLogger("albert.notes");

  private static final String BUILD =
      "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_cc.so.2";

  /** What was found; looked for once. */
  private static final class Here {
    private static final Gpus FOUND = find();
  }

  /** That there is none, which is said once. */
  private static final class Absence {
    private static final boolean PRESENT = note();

    private static boolean note() {
      NOTES.warn("no GPU: {}; the CPU is used (./albert doctor says more)", detect().obstacle());
      return false;
    }
  }

  /** Copies the list. */
  public Gpus {
    list = List.copyOf(list);
  }

  /**
   * Those of this machine. In a build for GPUs that has some, CUDA's libraries are loaded after
   * this, which must come before TensorFlow's library.
   */
  public static Gpus detect() {
    return Here.FOUND;
  }

  /** Whether this build of TensorFlow is one for GPUs, by the library that comes with it. */
  public static boolean inBuild() {
    return Gpus.class.getResource(BUILD) != null;
  }

  /** Whether there is one. */
  public boolean present() {
    return !list.isEmpty();
  }

  /**
   * Whether there is one, for whoever takes a GPU if there is one: where this is a build for GPUs
   * and there is none, a note says so once.
   */
  public boolean presentOrNoted() {
    return present() || (inBuild() && Absence.PRESENT);
  }

  private static Gpus find() {
    if (!inBuild()) {
      return none("this is a build for CPUs; ./albert --gpu COMMAND makes one for GPUs");
    }
    List<Gpu> gpus;
    try {
      gpus = CudaDriver.ofMachine().gpus();
    } catch (IllegalStateException e) {
      return none(String.valueOf(e.getMessage()));
    }
    return CudaLibraries.load().stream()
        .filter(library -> !library.loaded())
        .findFirst()
        .map(missing -> none(missing.name() + " can't be loaded: " + missing.problem()))
        .orElseGet(() -> new Gpus(gpus, ""));
  }

  private static Gpus none(String obstacle) {
    return new Gpus(List.of(), obstacle);
  }
}
