/** TensorFlow's checkpoints, without its native reader. */
@org.jspecify.annotations.NullMarked
package albert.model.io.tensorbundle;
