package albert.model.tensor;

/** A dense tensor in Java memory, its values in row-major order. */
public sealed interface HostTensor permits IntTensor, FloatTensor {

  /** Its dimensions, outermost first, empty for a scalar. The array is the tensor's own. */
  long[] shape();

  /** How many values it has: the product of the dimensions. */
  int size();
}
