package albert.model.runtime;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * A device as TensorFlow lists it.
 *
 * @param name {@code /job:localhost/replica:0/task:0/device:GPU:0}
 * @param type {@code CPU} or {@code GPU}
 * @param memoryBytes what TensorFlow would take of it at most; of a CPU a number without a meaning
 */
public record TensorFlowDevice(String name, String type, long memoryBytes) {

  /**
   * Those of this process. Makes a session, which takes some memory of each GPU.
   *
   * @throws LinkageError if TensorFlow can't be loaded
   * @throws org.tensorflow.exceptions.TensorFlowException if it can't list them
   */
  @SuppressWarnings("try") // the scope frees what is made in it by being there
  public static List<TensorFlowDevice> all() {
    GraphSession.prepare();
    NativeLog.quieten();
    byte[] config =
        ConfigProto.newBuilder()
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
            .build()
            .toByteArray();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      tensorflow.TF_SetConfig(options, new BytePointer(config), config.length, status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      try {
        return devices(list, status);
      } finally {
        tensorflow.TF_DeleteDeviceList(list);
      }
    }
  }

  private static List<TensorFlowDevice> devices(TF_DeviceList list, TF_Status status) {
    List<TensorFlowDevice> devices = new ArrayList<>();
    for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
      devices.add(
          new TensorFlowDevice(
              tensorflow.TF_DeviceListName(list, i, status).getString(),
              tensorflow.TF_DeviceListType(list, i, status).getString(),
              tensorflow.TF_DeviceListMemoryBytes(list, i, status)));
    }
    return devices;
  }
}
