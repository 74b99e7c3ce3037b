/** Pretraining on raw text: masked words with sentence order, next sentence or neither. */
@org.jspecify.annotations.NullMarked
package albert.experiments.training.pretraining;
