package albert.experiments.run;

import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.model.runtime.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a training's figures to {@code metrics.jsonl} and to TensorBoard's event file: the loss as
 * the mean since the last line, the rest as of the step.
 */
final class MetricsWriter implements TrainingListener, AutoCloseable {

  private final MetricsLog log;
  private final EventFile events;
  private final int everySteps;
  private final long lastStep;
  private double lossSum;
  private int lossCount;

  /**
   * Opens the files. What a fresh training finds of an earlier attempt is dropped; one that goes on
   * keeps the lines up to its step.
   *
   * @param from what the training goes on from; null begins it
   */
  MetricsWriter(RunDirectory directory, int everySteps, long lastStep, @Nullable TrainingState from)
      throws IOException {
    this.everySteps = everySteps;
    this.lastStep = lastStep;
    if (from == null) {
      Files.deleteIfExists(directory.metrics());
    } else {
      lossSum = from.lossSum();
      lossCount = from.lossCount();
    }
    RunFiles.deleteFolder(directory.tensorboard());
    log = MetricsLog.openAfter(directory.metrics(), from == null ? 0 : from.step());
    events = new EventFile(directory.tensorboard(), Clock.systemUTC());
    for (MetricsLine line : MetricsLog.read(directory.metrics())) {
      events.add(line.step(), line.values());
    }
  }

  double lossSum() {
    return lossSum;
  }

  int lossCount() {
    return lossCount;
  }

  /** Writes the scores of an evaluation. */
  void evaluated(EvaluationPoint point) {
    Map<String, Double> values = new TreeMap<>();
    for (Score score : point.dev()) {
      Double value = score.value();
      if (value != null) {
        values.put("dev_" + score.metric(), value);
      }
    }
    write(point.step(), values);
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
    write(steps, values);
  }

  private void write(long steps, Map<String, Double> values) {
    try {
      log.append(MetricsLine.of(steps, values));
      events.add(steps, values);
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
