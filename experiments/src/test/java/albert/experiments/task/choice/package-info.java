@org.jspecify.annotations.NullMarked
package albert.experiments.task.choice;
