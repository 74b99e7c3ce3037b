package albert.experiments.run;

import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.model.runtime.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a training's figures to {@code metrics.jsonl} and to TensorBoard's event file: the loss as
 * the mean since the last line, the rest as of the step.
 */
final class MetricsWriter implements TrainingListener, AutoCloseable {

  private final MetricsLog log;
  private final EventFile events;
  private final Clock clock = Clock.systemUTC();
  private final int everySteps;
  private final long lastStep;
  private double lossSum;
  private int lossCount;

  /** Begins the files of a fresh training; what an earlier attempt left is dropped. */
  MetricsWriter(RunDirectory directory, int everySteps, long lastStep) throws IOException {
    this.everySteps = everySteps;
    this.lastStep = lastStep;
    Files.deleteIfExists(directory.metrics());
    RunFiles.deleteFolder(directory.tensorboard());
    log = MetricsLog.openAfter(directory.metrics(), 0);
    events = new EventFile(directory.tensorboard(), clock.millis());
  }

  @Override
  public void stepped(long steps, StepResult result, double learningRate) {
    lossSum += result.loss();
    lossCount++;
    if (steps % everySteps != 0 && steps != lastStep) {
      return;
    }
    Map<String, Double> values = new TreeMap<>();
    values.put("train_loss", lossSum / lossCount);
    values.put("gradient_norm", (double) result.gradientNorm());
    values.put("learning_rate", learningRate);
    lossSum = 0;
    lossCount = 0;
    try {
      log.append(MetricsLine.of(steps, values));
      events.add(steps, clock.millis(), values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (log) {
      events.close();
    }
  }
}
