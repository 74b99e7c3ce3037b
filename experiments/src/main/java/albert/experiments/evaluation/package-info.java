/** A task's data as ids, and what a model makes of it. */
@org.jspecify.annotations.NullMarked
package albert.experiments.evaluation;
