/** Training on a task: the objective, what is measured, and the weights that are left. */
@org.jspecify.annotations.NullMarked
package albert.experiments.training.finetuning;
