/** What a kind of task is: its keys, sequences, head, predictions, lines and files. */
@org.jspecify.annotations.NullMarked
package albert.experiments.task.kind;
