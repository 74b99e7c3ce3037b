/** Trains whatever an objective builds: steps, figures, checkpoints, the best weights. */
@org.jspecify.annotations.NullMarked
package albert.experiments.training;
