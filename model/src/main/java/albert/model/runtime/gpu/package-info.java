/**
 * NVIDIA's driver, CUDA and cuDNN: what there is of them, and their loading before TensorFlow's.
 * Nothing here loads TensorFlow.
 */
@org.jspecify.annotations.NullMarked
package albert.model.runtime.gpu;
