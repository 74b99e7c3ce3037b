/** Questions that a span of a text answers. */
@org.jspecify.annotations.NullMarked
package albert.experiments.task.span;
