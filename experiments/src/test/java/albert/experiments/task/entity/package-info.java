@org.jspecify.annotations.NullMarked
package albert.experiments.task.entity;
