/**
 * Kinds of task. All that the suite knows of one kind is in one folder here and one in {@code
 * datasets}; {@link albert.experiments.task.TaskKinds} lists them.
 */
@org.jspecify.annotations.NullMarked
package albert.experiments.task;
