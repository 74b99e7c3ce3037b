package albert.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands for a task, with a model so small that it learns in seconds. */
public final class TaskCommands {
  private TaskCommands() {}

  /** Trains a small model. */
  public static Cli finetune(
      String task, Path data, Path output, int maxSeqLength, int steps, String... more) {
    String settings =
        "--preset mini-albert --vocab-size 30522 --hidden-size 32 --embedding-size 16"
            + " --num-attention-heads 2 --num-hidden-layers 2 --batch-size 8 --learning-rate 3e-3"
            + " --precision float32 --threads 1 --json --task "
            + task;
    List<String> arguments = new ArrayList<>(List.of("finetune"));
    arguments.addAll(List.of(settings.split(" ", -1)));
    arguments.addAll(List.of("--max-seq-length", Integer.toString(maxSeqLength)));
    arguments.addAll(List.of("--max-steps", Integer.toString(steps)));
    arguments.addAll(List.of("--data", data.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /**
   * What a model says of lines.
   *
   * @param input the file that they are written to
   */
  public static Cli predict(Path model, Path input, String lines, String... more)
      throws IOException {
    Files.writeString(input, lines);
    List<String> arguments =
        new ArrayList<>(
            List.of("predict", "--model", model.toString(), "--input", input.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /** Scores of files. */
  public static Cli score(String task, Path gold, Path predictions) {
    return Cli.run(
        "score",
        "--task",
        task,
        "--gold",
        gold.toString(),
        "--predictions",
        predictions.toString(),
        "--json");
  }

  /** Another program's files of a model. */
  public static Cli convert(Path model, String to, Path output) {
    return Cli.run(
        "convert", "--model", model.toString(), "--to", to, "--output", output.toString());
  }
}
