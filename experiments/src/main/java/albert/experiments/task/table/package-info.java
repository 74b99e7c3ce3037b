/** Texts of anybody's own in tables: one label, several labels or a number. */
@org.jspecify.annotations.NullMarked
package albert.experiments.task.table;
