package albert.model.runtime;

import albert.model.config.ConfigException;
import albert.model.config.Range;
import albert.model.runtime.gpu.Gpus;
import java.util.Locale;
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
 */
public record RuntimeOptions(int threads, Device device, Precision precision) {

  /** All cores, the device and precision that are fastest. */
  public static final RuntimeOptions AUTO = new RuntimeOptions(0, Device.AUTO, Precision.AUTO);

  private static final int MAX_THREADS = 1_024;

  /**
   * TensorFlow's executor that starts one operation after another on the thread that asked, and
   * costs less for each. It knows no control flow, of which the graphs here have none.
   */
  private static final String IN_ORDER = "SINGLE_THREADED_EXECUTOR";

  /**
   * Checks the number of threads.
   *
   * @throws ConfigException if it is negative or absurd
   */
  public RuntimeOptions {
    Range.require(
        threads >= 0 && threads <= MAX_THREADS,
        "threads",
        threads,
        "0 (all cores) to " + MAX_THREADS);
  }

  /** Float32 on one thread of the CPU: slow, and equal bit for bit from run to run. */
  public static RuntimeOptions reproducible() {
    return new RuntimeOptions(1, Device.CPU, Precision.FLOAT32);
  }

  /**
   * These options with nothing left to decide. Whoever computes calls it before anything loads
   * TensorFlow, on the CPU too: it sees to it that CUDA's libraries are loaded before.
   *
   * @throws ConfigException if a GPU is asked for and there is none
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
        precision.resolve(hardware, gpu));
  }

  /**
   * In how many parts a batch is trained on, side by side, by resolved options. Two cores do two
   * halves in less time than one half after the other with both cores at each operation: of the
   * small operations, of which there are thousands, a second core saves little. Not measured with
   * more cores, where a batch stays whole.
   */
  int parts() {
    return device == Device.CPU && threads == 2 ? 2 : 1;
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
