/** Named entities, found by a tag for every word. */
@org.jspecify.annotations.NullMarked
package albert.experiments.task.entity;
