package albert.experiments.doctor;

import albert.model.runtime.TensorFlowDevice;
import albert.model.runtime.gpu.Gpu;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found.
 *
 * @param machine processor and memory
 * @param auto what is taken where nothing is said
 * @param tensorFlow whether it works, and its devices
 * @param gpu all about GPUs
 * @param folders that are read or written
 * @param software names and versions
 */
public record Findings(
    Machine machine,
    Auto auto,
    TensorFlow tensorFlow,
    GpuState gpu,
    List<FolderState> folders,
    Map<String, String> software) {

  /** Copies lists and maps, whose order stays. */
  public Findings {
    folders = List.copyOf(folders);
    software = Collections.unmodifiableMap(new LinkedHashMap<>(software));
  }

  /**
   * Processor and memory.
   *
   * @param system name and version of the operating system
   * @param architecture of the processor as Java names it
   * @param cpuModel as the processor names itself
   * @param cpuFeatures its instructions that matter to matrix products
   * @param cores that this process may use
   * @param memoryBytes physical memory, 0 where unknown
   * @param availableBytes what programs could still take, 0 where unknown
   * @param heapBytes what Java's own objects may take
   */
  public record Machine(
      String system,
      String architecture,
      String cpuModel,
      List<String> cpuFeatures,
      int cores,
      long memoryBytes,
      long availableBytes,
      long heapBytes) {}

  /**
   * What {@code auto} takes.
   *
   * @param device {@code cpu} or {@code gpu}
   * @param precision of matrix products
   * @param reason why this precision
   * @param threads that share an operation's work
   */
  public record Auto(String device, String precision, String reason, int threads) {}

  /**
   * TensorFlow.
   *
   * @param devices that it lists
   * @param problem why it does not work, empty where it does
   */
  public record TensorFlow(List<TensorFlowDevice> devices, String problem) {}

  /**
   * GPUs.
   *
   * @param build whether this is the build for GPUs
   * @param driver version of the kernel's driver, empty where none is loaded
   * @param smi what nvidia-smi tells
   * @param usable those that TensorFlow can use, by the driver's account
   * @param obstacle why there is none of these, empty where there are some
   * @param libraries of CUDA and cuDNN; none in a build for CPUs, which does not ask for them
   */
  public record GpuState(
      boolean build,
      String driver,
      NvidiaSmi smi,
      List<Gpu> usable,
      String obstacle,
      List<Library> libraries) {}

  /**
   * A library of CUDA or cuDNN.
   *
   * @param name as TensorFlow asks for it
   * @param version as its file's name tells, empty where it was not found
   * @param file where it is, empty where it was not found
   * @param problem why it can't be used, empty where it was loaded
   */
  public record Library(String name, String version, String file, String problem) {}
}
