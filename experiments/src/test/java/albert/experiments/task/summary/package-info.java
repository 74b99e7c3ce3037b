@org.jspecify.annotations.NullMarked
package albert.experiments.task.summary;
