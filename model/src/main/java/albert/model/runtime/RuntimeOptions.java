package albert.model.runtime;

import albert.model.config.ConfigException;
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
   * Checks the number of threads.
   *
   * @throws ConfigException if it is negative or absurd
   */
  public RuntimeOptions {
    if (threads < 0 || threads > MAX_THREADS) {
      throw new ConfigException(
          "threads",
          String.format(
              Locale.ROOT, "threads is %d, allowed are 0 (all cores) to %d", threads, MAX_THREADS));
    }
  }

  /** Float32 on one thread of the CPU: slow, and equal bit for bit from run to run. */
  public static RuntimeOptions reproducible() {
    return new RuntimeOptions(1, Device.CPU, Precision.FLOAT32);
  }

  /** These options with nothing left to decide. */
  public RuntimeOptions resolve() {
    Hardware hardware = Hardware.detect();
    boolean gpu = device != Device.CPU && Gpus.present();
    if (device == Device.GPU && !gpu) {
      throw new ConfigException(
          "device",
          "device is gpu, but TensorFlow found none: use --device cpu, or build with a GPU");
    }
    return new RuntimeOptions(
        threads == 0 ? hardware.cores() : threads,
        gpu ? Device.GPU : Device.CPU,
        precision.resolve(hardware, gpu));
  }

  /** The session configuration of resolved options. */
  ConfigProto sessionConfig() {
    RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
    switch (precision) {
      case BFLOAT16 -> rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
      case FLOAT16 -> rewriter.setAutoMixedPrecision(RewriterConfig.Toggle.ON);
      case FLOAT32 -> {}
      case AUTO -> throw new IllegalStateException("options are not resolved");
    }
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter))
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    if (device == Device.CPU) {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }
}
