/**
 * How a model becomes a TensorFlow graph: the operations chosen, where weights come from, gradients
 * that TensorFlow lacks or computes slowly, and the rewrite that gives gradient nodes oneDNN's
 * kernels.
 */
@org.jspecify.annotations.NullMarked
package albert.model.graph;
