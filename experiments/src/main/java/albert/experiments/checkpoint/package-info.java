/** Checkpoints that a training starts from: their weights, tokenizer and identity. */
@org.jspecify.annotations.NullMarked
package albert.experiments.checkpoint;
