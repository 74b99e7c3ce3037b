package albert.model.runtime;

import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Copies tensors between Java arrays and TensorFlow. */
final class HostTensors {
  private HostTensors() {}

  /** A TensorFlow tensor of the same values; the caller closes it. */
  static Tensor toNative(HostTensor tensor) {
    if (tensor instanceof IntTensor ints) {
      return TInt32.tensorOf(Shape.of(ints.shape()), DataBuffers.of(ints.values(), true, false));
    }
    FloatTensor floats = (FloatTensor) tensor;
    return TFloat32.tensorOf(
        Shape.of(floats.shape()), DataBuffers.of(floats.values(), true, false));
  }

  /** The values of a float32 tensor. */
  static FloatTensor fromNative(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return FloatTensor.of(values, tensor.shape().asArray());
  }
}
