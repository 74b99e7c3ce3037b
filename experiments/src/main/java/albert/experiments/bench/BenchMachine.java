package albert.experiments.bench;

import albert.model.config.EncoderConfig;
import albert.model.config.StepMemory;
import albert.model.runtime.Device;
import albert.model.runtime.Hardware;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.gpu.Gpu;
import albert.model.runtime.gpu.Gpus;
import java.util.Locale;

/**
 * What a benchmark runs on.
 *
 * @param name the processor and its cores, or the GPU
 * @param memoryBytes of the device
 * @param cores that this process may use
 * @param runtime what runs there where nothing else is said, resolved
 * @param bfloat16 whether the device multiplies it
 */
public record BenchMachine(
    String name, long memoryBytes, int cores, RuntimeOptions runtime, boolean bfloat16) {
  private static final double GB = 1e9;

  /**
   * This machine.
   *
   * @param asked by the options
   */
  public static BenchMachine of(RuntimeOptions asked) {
    RuntimeOptions runtime = asked.resolve();
    Hardware hardware = Hardware.detect();
    if (runtime.device() == Device.GPU) {
      Gpu gpu = Gpus.detect().list().get(0);
      return new BenchMachine(gpu.name(), gpu.memoryBytes(), hardware.cores(), runtime, true);
    }
    return new BenchMachine(
        String.format(Locale.ROOT, "%s, %d cores", hardware.cpuModel(), hardware.cores()),
        hardware.memoryBytes(),
        hardware.cores(),
        runtime,
        hardware.multipliesBfloat16());
  }

  /** Why a precision can't be measured sensibly, empty where it can. */
  String obstacle(Precision precision) {
    boolean gpu = runtime.device() == Device.GPU;
    return switch (precision) {
      case AUTO, FLOAT32 -> "";
      case BFLOAT16 ->
          bfloat16 ? "" : "the processor has no instructions for bfloat16 and would emulate it";
      case FLOAT16 -> gpu ? "" : "a CPU has no instructions for float16 products";
    };
  }

  /** Why a step has not enough memory, empty where it may have. */
  String obstacle(EncoderConfig config, Workload.Mode mode, int batch, int sequence) {
    StepMemory memory = Workload.memory(config, mode, sequence);
    return memory.largestBatch(memoryBytes) >= batch
        ? ""
        : String.format(
            Locale.ROOT,
            "it needs at least %.1f GB, and there are %.1f GB, of which a quarter is kept free",
            memory.bytes(batch) / GB,
            memoryBytes / GB);
  }
}
