/** Optimizers on resource variables, and learning-rate schedules. */
@org.jspecify.annotations.NullMarked
package albert.model.optim;
