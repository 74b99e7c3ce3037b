package albert.experiments.task.kind;

/**
 * Predictions as a server takes them.
 *
 * @param name of the file
 * @param text its content
 */
public record SubmissionFile(String name, String text) {}
