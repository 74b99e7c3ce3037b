/**
 * The metrics of the tasks, equal to the reference implementations that each names. What is
 * undefined has a reason instead of a value.
 */
@org.jspecify.annotations.NullMarked
package albert.evaluation.metric;
