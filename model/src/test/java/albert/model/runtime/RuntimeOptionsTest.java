package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.ConfigException;
import albert.model.runtime.gpu.Gpus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

/** What is decided for a run; with a GPU in the machine and without one. */
final class RuntimeOptionsTest {

  @Test
  void aGpuIsTakenWhereThereIsOneAndElseWhyNotIsSaid() {
    Gpus gpus = Gpus.detect();
    RuntimeOptions asked = new RuntimeOptions(1, Device.GPU, Precision.FLOAT32);
    RuntimeOptions auto = new RuntimeOptions(1, Device.AUTO, Precision.FLOAT32);
    if (gpus.present()) {
      assertThat(asked.resolve().device()).isEqualTo(Device.GPU);
      assertThat(auto.resolve().device()).isEqualTo(Device.GPU);
    } else {
      assertThat(gpus.obstacle()).isNotEmpty();
      assertThatThrownBy(asked::resolve)
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "device is gpu, but %s; allowed here are cpu and auto (./albert doctor says more)",
              gpus.obstacle());
      assertThat(auto.resolve().device()).isEqualTo(Device.CPU);
    }
    assertThat(RuntimeOptions.reproducible().resolve()).isEqualTo(RuntimeOptions.reproducible());
  }

  /** Else the first session would take the whole memory of the GPU. */
  @Test
  void aGpusMemoryIsTakenAsItIsNeeded() {
    ConfigProto config = new RuntimeOptions(1, Device.GPU, Precision.FLOAT32).sessionConfig(1);
    assertThat(config.getGpuOptions().getAllowGrowth()).isTrue();
    assertThat(config.getDeviceCountMap()).isEmpty();
  }

  @Test
  void tensorFlowListsTheCpu() {
    List<TensorFlowDevice> devices = TensorFlowDevice.all();
    assertThat(devices)
        .filteredOn(device -> device.type().equals("CPU"))
        .singleElement()
        .satisfies(
            cpu -> {
              assertThat(cpu.name()).endsWith("/device:CPU:0");
              assertThat(cpu.memoryBytes()).isPositive();
            });
    assertThat(devices.stream().anyMatch(device -> device.type().equals("GPU")))
        .isEqualTo(Gpus.detect().present());
  }
}
