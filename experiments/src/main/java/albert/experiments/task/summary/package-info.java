/** Extractive summarisation: sentences are scored, and the best are the summary. */
@org.jspecify.annotations.NullMarked
package albert.experiments.task.summary;
