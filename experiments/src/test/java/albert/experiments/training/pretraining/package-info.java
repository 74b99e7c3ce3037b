/** Tests of pretraining. */
@org.jspecify.annotations.NullMarked
package albert.experiments.training.pretraining;
