package albert.experiments.cli;

import albert.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * More processes of this command beside this one. They share a study's runs by its store, as those
 * that somebody starts in other terminals do. Processes and not threads, because all sessions of
 * TensorFlow in one process share one pool of threads.
 */
final class ParallelProcesses implements AutoCloseable {

  private static final int MOST = 64;

  private final List<Process> processes = new ArrayList<>();

  /**
   * Threads for each of several processes.
   *
   * @param parallel how many processes
   * @param threads of all together; 0 for all cores
   * @throws InputException if there can't be so many
   */
  static int threads(int parallel, int threads) {
    if (parallel < 1 || parallel > MOST) {
      throw new InputException(
          String.format(Locale.ROOT, "--parallel is %d, allowed are 1 to %d", parallel, MOST));
    }
    int all = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    return Math.max(1, all / parallel);
  }

  /**
   * Starts processes.
   *
   * @param count how many
   * @param arguments of each
   * @param folder where each writes what it says, as {@code process-2.log} and so on
   * @param gpus which of them each sees
   */
  void start(int count, List<String> arguments, Path folder, GpuShares gpus) throws IOException {
    List<String> command = OwnCommand.of(arguments);
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Path log = folder.resolve(String.format(Locale.ROOT, "process-%d.log", i + 2));
      ProcessBuilder process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      process.environment().putAll(gpus.environment(i + 1));
      processes.add(process.start());
    }
  }

  /** Waits for all of them: each ends when all runs are over. */
  void await() {
    try {
      for (Process process : processes) {
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks those that are still at work to stop; they leave checkpoints. */
  @Override
  public void close() {
    processes.forEach(Process::destroy);
    await();
  }
}
