/** Multiple choice: questions of which one of several choices is right. */
@org.jspecify.annotations.NullMarked
package albert.experiments.task.choice;
