package albert.model.runtime.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of the driver's answers, by a driver that is made up. */
final class CudaDriverTest {

  /** A driver with devices whose handles are 10 and 11. */
  private static int answer(int count, String function, Object... arguments) {
    switch (function) {
      case "cuInit" -> assertThat(arguments).containsExactly(0);
      case "cuDeviceGetCount" -> ((IntByReference) arguments[0]).setValue(count);
      case "cuDeviceGet" -> ((IntByReference) arguments[0]).setValue(10 + (int) arguments[1]);
      case "cuDeviceGetName" -> {
        byte[] name = ("GPU " + arguments[2]).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, (byte[]) arguments[0], 0, name.length);
      }
      case "cuDeviceTotalMem_v2" ->
          ((LongByReference) arguments[0]).setValue((int) arguments[1] * 1_000_000_000L);
      case "cuDeviceGetAttribute" ->
          ((IntByReference) arguments[0]).setValue((int) arguments[1] == 75 ? 9 : 0);
      default -> throw new AssertionError(function);
    }
    return 0;
  }

  @Test
  void everyDeviceIsDescribed() {
    CudaDriver driver = new CudaDriver((function, arguments) -> answer(2, function, arguments));
    assertThat(driver.gpus())
        .isEqualTo(
            List.of(
                new Gpu("GPU 10", 10_000_000_000L, "9.0"),
                new Gpu("GPU 11", 11_000_000_000L, "9.0")));
  }

  @Test
  void noDeviceAndErrorsAreSaid() {
    String none = "the NVIDIA driver shows no GPU to this process";
    assertThatThrownBy(
            () -> new CudaDriver((function, arguments) -> answer(0, function, arguments)).gpus())
        .hasMessage(none);
    assertThatThrownBy(() -> new CudaDriver((function, arguments) -> 100).gpus()).hasMessage(none);
    assertThatThrownBy(() -> new CudaDriver((function, arguments) -> 803).gpus())
        .hasMessage("the NVIDIA driver's cuInit gives error 803");
  }
}
