package albert.experiments.doctor;

import albert.datasets.batch.FeatureCache;
import albert.model.runtime.Device;
import albert.model.runtime.Hardware;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.TensorFlowDevice;
import albert.model.runtime.gpu.CudaLibraries;
import albert.model.runtime.gpu.Gpus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks at the machine as the suite sees it.
 *
 * @param data the folder of the data sets
 * @param environment variables
 * @param proc the folder {@code /proc}
 * @param smi name or path of nvidia-smi
 */
public record Doctor(Path data, Map<String, String> environment, Path proc, String smi) {

  /** The purpose of the folder of the data sets. */
  static final String DATA = "data sets";

  /** Of this machine. */
  public static Doctor ofMachine(Path data) {
    return new Doctor(data, System.getenv(), Path.of("/proc"), "nvidia-smi");
  }

  /**
   * Looks.
   *
   * @param software versions that the caller knows; Java's and the libraries' are added
   */
  public Diagnosis examine(Map<String, String> software) {
    Gpus gpus = Gpus.detect();
    Findings.GpuState gpu = gpu(gpus); // loads CUDA's libraries, before TensorFlow's
    Hardware hardware = Hardware.detect();
    return Diagnosis.of(
        new Findings(
            machine(hardware),
            auto(hardware, gpus.present()),
            tensorFlow(),
            gpu,
            folders(),
            software(software)));
  }

  private Findings.GpuState gpu(Gpus gpus) {
    return new Findings.GpuState(
        Gpus.inBuild(),
        DriverVersion.in(proc).orElse(""),
        NvidiaSmi.ask(smi),
        gpus.list(),
        gpus.obstacle(),
        libraries());
  }

  private static List<Findings.Library> libraries() {
    return Gpus.inBuild()
        ? CudaLibraries.load().stream()
            .map(one -> new Findings.Library(one.name(), one.version(), one.file(), one.problem()))
            .toList()
        : List.of();
  }

  private static Findings.Machine machine(Hardware hardware) {
    return new Findings.Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        String.valueOf(System.getProperty("os.arch")),
        hardware.cpuModel(),
        List.copyOf(hardware.cpuFeatures()),
        hardware.cores(),
        hardware.memoryBytes(),
        Hardware.availableBytes(),
        Runtime.getRuntime().maxMemory());
  }

  private static Findings.Auto auto(Hardware hardware, boolean gpu) {
    RuntimeOptions taken =
        new RuntimeOptions(0, gpu ? Device.GPU : Device.CPU, Precision.AUTO).resolve();
    return new Findings.Auto(
        taken.device().name().toLowerCase(Locale.ROOT),
        taken.precision().name().toLowerCase(Locale.ROOT),
        Precision.reason(hardware, gpu),
        taken.threads());
  }

  private static Findings.TensorFlow tensorFlow() {
    try {
      return new Findings.TensorFlow(TensorFlowDevice.all(), "");
    } catch (LinkageError | RuntimeException e) {
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return new Findings.TensorFlow(List.of(), e.getClass().getSimpleName() + ": " + said);
    }
  }

  private List<FolderState> folders() {
    Path home = Path.of(System.getProperty("user.home"));
    String natives = System.getProperty("org.bytedeco.javacpp.cachedir", "");
    String tokenizers = environment.getOrDefault("DJL_CACHE_DIR", "");
    return List.of(
        FolderState.of("working folder", Path.of(""), "cd DIR"),
        FolderState.of(
            "cache of features", FeatureCache.of(environment).folder(), "ALBERT_CACHE=DIR"),
        FolderState.of(
            "cache of TensorFlow's library",
            natives.isBlank() ? home.resolve(".javacpp/cache") : Path.of(natives),
            "ALBERT_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR"),
        FolderState.of(
            "cache of the tokenizers' library",
            tokenizers.isBlank() ? home.resolve(".djl.ai") : Path.of(tokenizers),
            "DJL_CACHE_DIR=DIR"),
        FolderState.of(DATA, data, "ALBERT_DATA=DIR"));
  }

  private static Map<String, String> software(Map<String, String> known) {
    Map<String, String> software = new LinkedHashMap<>(known);
    software.put(
        "java",
        System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
    software.putAll(LibraryVersions.on(System.getProperty("java.class.path", "")));
    return software;
  }
}
