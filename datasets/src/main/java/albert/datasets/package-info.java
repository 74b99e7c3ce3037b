/**
 * Text in, batches of integers out: tokenizers, tasks and batches. Nothing here loads TensorFlow.
 */
@org.jspecify.annotations.NullMarked
package albert.datasets;
