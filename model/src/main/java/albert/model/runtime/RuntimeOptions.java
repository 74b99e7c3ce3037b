package albert.model.runtime;

import albert.model.config.ConfigException;
import albert.model.config.Range;
import albert.model.graph.Replication.Transport;
import albert.model.runtime.gpu.Gpus;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * How a model runs.
 *
 * @param threads threads that share the work of an operation, 0 for all cores; with 1, equal runs
 *     are equal bit for bit
 * @param device where it runs
 * @param precision what products are computed in
 * @param devices GPUs that a model is trained on, each with its share of every batch; {@value
 *     #ALL_DEVICES} for all. On the CPU so many logical devices share it, which is for tests
 */
public record RuntimeOptions(int threads, Device device, Precision precision, int devices) {

  /** All devices: every GPU, or the one CPU. */
  public static final int ALL_DEVICES = 0;

  /** All cores, the device and precision that are fastest. */
  public static final RuntimeOptions AUTO = new RuntimeOptions(0, Device.AUTO, Precision.AUTO);

  private static final int MAX_THREADS = 1_024;

  /** Each has its own copy of the model in the same memory. */
  private static final int MAX_CPU_DEVICES = 16;

  private static final String DEVICES = "devices";

  /**
   * TensorFlow's executor that starts one operation after another on the thread that asked, and
   * costs less for each. It knows no control flow, of which the graphs here have none.
   */
  private static final String IN_ORDER = "SINGLE_THREADED_EXECUTOR";

  /** One device. */
  public RuntimeOptions(int threads, Device device, Precision precision) {
    this(threads, device, precision, 1);
  }

  /**
   * Checks the numbers of threads and devices.
   *
   * @throws ConfigException if one is negative or absurd
   */
  public RuntimeOptions {
    Range.require(
        threads >= 0 && threads <= MAX_THREADS,
        "threads",
        threads,
        "0 (all cores) to " + MAX_THREADS);
    Range.require(devices >= 0, DEVICES, devices, "1 and more, or all");
  }

  /** Whether every device is asked for, however many there are. */
  public boolean usesAllDevices() {
    return devices == ALL_DEVICES;
  }

  /** Float32 on one thread of the CPU: slow, and equal bit for bit from run to run. */
  public static RuntimeOptions reproducible() {
    return new RuntimeOptions(1, Device.CPU, Precision.FLOAT32);
  }

  /**
   * These options with nothing left to decide. Whoever computes calls it before anything loads
   * TensorFlow, on the CPU too: it sees to it that CUDA's libraries are loaded before.
   *
   * @throws ConfigException if a GPU is asked for and there is none, or more devices than there are
   */
  public RuntimeOptions resolve() {
    Gpus gpus = GraphSession.prepare();
    Hardware hardware = Hardware.detect();
    boolean gpu =
        switch (device) {
          case CPU -> false;
          case GPU -> gpus.present();
          case AUTO -> gpus.presentOrNoted();
        };
    if (device == Device.GPU && !gpu) {
      throw new ConfigException(
          "device",
          String.format(
              Locale.ROOT,
              "device is gpu, but %s; allowed here are cpu and auto (./albert doctor says more)",
              gpus.obstacle()));
    }
    return new RuntimeOptions(
        threads == 0 ? hardware.cores() : threads,
        gpu ? Device.GPU : Device.CPU,
        precision.resolve(hardware, gpu),
        devices(gpu, gpus.list().size()));
  }

  /**
   * How many devices there will be.
   *
   * @param gpu whether they are GPUs
   * @param gpus how many GPUs there are
   */
  int devices(boolean gpu, int gpus) {
    if (usesAllDevices()) {
      return gpu ? gpus : 1;
    }
    int most = gpu ? gpus : MAX_CPU_DEVICES;
    if (devices > most) {
      throw new ConfigException(
          DEVICES,
          String.format(
              Locale.ROOT,
              gpu
                  ? "devices is %d, but TensorFlow can use %d GPUs here; allowed are 1 to that and all"
                  : "devices is %d, on the CPU allowed are 1 to %d (logical devices, for tests)",
              devices,
              most));
    }
    return devices;
  }

  /** TensorFlow's names of the devices, by resolved options. */
  List<String> deviceNames() {
    return IntStream.range(0, devices).mapToObj(n -> "/device:" + device + ":" + n).toList();
  }

  /** What carries sums between the devices of resolved options. */
  Transport transport() {
    return device == Device.GPU ? Transport.NCCL : Transport.RING;
  }

  /**
   * In how many parts a batch is trained on, side by side, by resolved options. Two cores do two
   * halves in less time than one half after the other with both cores at each operation: of the
   * small operations, of which there are thousands, a second core saves little. Not measured with
   * more cores, where a batch stays whole.
   */
  int parts() {
    return device == Device.CPU && threads == 2 && devices == 1 ? 2 : 1;
  }

  /**
   * The session configuration of resolved options.
   *
   * @param atOnce how many operations run at once
   */
  ConfigProto sessionConfig(int atOnce) {
    RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
    switch (precision) {
      case BFLOAT16 -> rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
      case FLOAT16, FLOAT32 -> {} // the graph says it
      case AUTO -> throw new IllegalStateException("options are not resolved");
    }
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(atOnce)
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    if (atOnce > 1) {
      // else the number of the process's first session would count
      config.setUsePerSessionThreads(true);
    }
    if (devices > 1) {
      config.setAllowSoftPlacement(true); // text and files are the CPU's
      config.putDeviceCount("CPU", device == Device.CPU ? devices : 1);
    }
    if (device == Device.CPU) {
      leaveOut(rewriter);
      config.putDeviceCount("GPU", 0);
      if (atOnce == 1) {
        config.setExperimental(ConfigProto.Experimental.newBuilder().setExecutorType(IN_ORDER));
      }
    }
    return config.setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter)).build();
  }

  /**
   * Leaves out the rewriting that finds nothing to do: the graphs here have neither functions nor
   * loops, and a second round made no step faster. A model starts half a second sooner.
   */
  private static void leaveOut(RewriterConfig.Builder rewriter) {
    rewriter
        .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE)
        .setFunctionOptimization(RewriterConfig.Toggle.OFF)
        .setLoopOptimization(RewriterConfig.Toggle.OFF)
        .setMemoryOptimization(RewriterConfig.MemOptType.NO_MEM_OPT);
  }
}
