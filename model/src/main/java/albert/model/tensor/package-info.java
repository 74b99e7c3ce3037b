/**
 * Tensors as plain Java arrays: what goes into a model, what comes out of it, and what weight files
 * hold. Nothing here loads TensorFlow.
 */
@org.jspecify.annotations.NullMarked
package albert.model.tensor;
