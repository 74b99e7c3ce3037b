package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.bench.PointException;
import albert.experiments.bench.PointRunner;
import albert.experiments.bench.ThroughputProbe;
import albert.experiments.stage.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures a point by {@code bench --json} in a process of its own.
 *
 * @param effort options that say how long it measures
 * @param stop ends the process
 */
record BenchProcess(List<String> effort, StopSignal stop) implements PointRunner {
  private static final int POLL_MILLIS = 100;

  /**
   * Statuses of processes that a signal ended: Ctrl-C, the system for want of memory, a request.
   */
  private static final int BY_INTERRUPT = 130;

  private static final int BY_KILL = 137;
  private static final int BY_REQUEST = 143;

  /** Ctrl-C ends the other process first, perhaps. */
  private static final int PATIENCE_MILLIS = 1_000;

  BenchProcess {
    effort = List.copyOf(effort);
  }

  @Override
  public ThroughputProbe.Measurement measure(List<String> options, double limitSeconds)
      throws PointException, IOException {
    List<String> arguments = new ArrayList<>(List.of("bench", "--json"));
    arguments.addAll(options);
    arguments.addAll(effort);
    Path out = Files.createTempFile("albert-bench", ".json");
    Path err = Files.createTempFile("albert-bench", ".log");
    try {
      Process process =
          new ProcessBuilder(OwnCommand.of(arguments))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      int status = await(process, limitSeconds);
      if (status != 0) {
        throw failure(status, new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
      }
      return new StrictJson().read(out, ThroughputProbe.Measurement.class);
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  /** Waits for the end, which comes at the limit at the latest. */
  private int await(Process process, double limitSeconds) throws PointException {
    long begun = System.nanoTime();
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        stop.check();
        if ((System.nanoTime() - begun) * 1e-9 > limitSeconds) {
          throw new PointException(
              String.format(Locale.ROOT, "it was not done within its %.0f s", limitSeconds), true);
        }
      }
      int status = process.exitValue();
      if (status == BY_INTERRUPT || status == BY_REQUEST) {
        TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
        stop.check();
      }
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PointException("it was interrupted", false);
    } finally {
      process.destroyForcibly();
    }
  }

  private static PointException failure(int status, String said) {
    String last =
        said.lines()
            .filter(line -> line.startsWith(ErrorLines.PREFIX))
            .reduce((first, second) -> second)
            .map(line -> line.substring(ErrorLines.PREFIX.length()))
            .orElseGet(() -> "its process ended with status " + status);
    boolean noMemory = status == BY_KILL || last.startsWith("out of memory");
    String why = status == BY_KILL ? "the system ended it, as for want of memory" : last;
    return new PointException(why, noMemory);
  }
}
