package albert.model.runtime.gpu;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The driver's library {@code libcuda.so.1} (CUDA driver API), asked for its GPUs without a CUDA
 * context, which would take some of their memory.
 */
final class CudaDriver {

  private static final String LIBRARY = "libcuda.so.1";

  // of cuda.h
  private static final int NO_DEVICE = 100;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;

  private static final int LONGEST_NAME = 256;

  private final Call driver;

  /** Calls a function of the driver. */
  @FunctionalInterface
  interface Call {

    /** The driver's status after a call, 0 for success. */
    int call(String function, Object... arguments);
  }

  CudaDriver(Call driver) {
    this.driver = driver;
  }

  /**
   * The driver of this machine.
   *
   * @throws IllegalStateException if there is none
   */
  static CudaDriver ofMachine() {
    String problem = DynamicLinker.open(LIBRARY); // and never closed
    if (!problem.isEmpty()) {
      throw new IllegalStateException("there is no NVIDIA driver: " + problem);
    }
    NativeLibrary library =
        NativeLibrary.getInstance(LIBRARY, Map.of(Library.OPTION_OPEN_FLAGS, DynamicLinker.LAZY));
    return new CudaDriver(
        (function, arguments) -> library.getFunction(function).invokeInt(arguments));
  }

  /**
   * The GPUs that this process may use, in the driver's order.
   *
   * @throws IllegalStateException if there is none, or the driver gives an error, in words
   */
  List<Gpu> gpus() {
    require("cuInit", 0);
    IntByReference count = new IntByReference();
    require("cuDeviceGetCount", count);
    List<Gpu> gpus = new ArrayList<>();
    for (int i = 0; i < count.getValue(); i++) {
      gpus.add(gpu(i));
    }
    if (gpus.isEmpty()) {
      throw noDevice();
    }
    return gpus;
  }

  private Gpu gpu(int ordinal) {
    IntByReference device = new IntByReference();
    require("cuDeviceGet", device, ordinal);
    byte[] name = new byte[LONGEST_NAME];
    require("cuDeviceGetName", name, name.length, device.getValue());
    LongByReference bytes = new LongByReference();
    require("cuDeviceTotalMem_v2", bytes, device.getValue());
    return new Gpu(
        Native.toString(name, StandardCharsets.UTF_8),
        bytes.getValue(),
        attribute(CAPABILITY_MAJOR, device) + "." + attribute(CAPABILITY_MINOR, device));
  }

  private int attribute(int attribute, IntByReference device) {
    IntByReference value = new IntByReference();
    require("cuDeviceGetAttribute", value, attribute, device.getValue());
    return value.getValue();
  }

  private void require(String function, Object... arguments) {
    int status = driver.call(function, arguments);
    if (status == NO_DEVICE) {
      throw noDevice();
    }
    if (status != 0) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "the NVIDIA driver's %s gives error %d", function, status));
    }
  }

  private static IllegalStateException noDevice() {
    return new IllegalStateException("the NVIDIA driver shows no GPU to this process");
  }
}
