package albert.experiments.training;

import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.experiments.Folders;
import albert.model.runtime.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a training's figures to {@code metrics.jsonl} and to TensorBoard's event file: the loss as
 * the mean since the last line, the rest as of the step. The last step has a line in any case.
 * Where the loss is scaled, a line has the step's scale and how many steps were skipped so far; the
 * gradients' norm of a step that was skipped is null.
 */
final class MetricsWriter implements AutoCloseable {

  private final MetricsLog log;
  private final EventFile events;
  private final TrainingPlan plan;
  private double lossSum;
  private int lossCount;

  /**
   * Opens the files. What a fresh training finds of an earlier attempt is dropped; one that goes on
   * keeps the lines up to its step.
   */
  MetricsWriter(RunDirectory directory, TrainingPlan plan, TrainingState from) throws IOException {
    this.plan = plan;
    lossSum = from.lossSum();
    lossCount = from.lossCount();
    if (from.step() == 0) {
      Files.deleteIfExists(directory.metrics());
    }
    Folders.delete(directory.tensorboard());
    log = MetricsLog.openAfter(directory.metrics(), from.step());
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

  void stepped(long steps, StepResult result, double learningRate) throws IOException {
    lossSum += result.loss();
    lossCount++;
    if (steps % plan.loggingSteps() == 0 || steps == plan.steps()) {
      Map<String, Double> figures = new TreeMap<>();
      figures.put("train_loss", lossSum / lossCount);
      figures.put("gradient_norm", (double) result.gradientNorm());
      figures.put("learning_rate", learningRate);
      StepResult.Scaling scaling = result.scaling();
      if (scaling != null) {
        figures.put("loss_scale", (double) scaling.scale());
        figures.put("skipped_steps", (double) scaling.skippedSteps());
      }
      lossSum = 0;
      lossCount = 0;
      write(steps, figures);
    }
  }

  /** Writes the figures of a step. */
  void write(long steps, Map<String, Double> figures) throws IOException {
    log.append(MetricsLine.of(steps, figures));
    events.add(steps, figures);
  }

  @Override
  public void close() throws IOException {
    try (log) {
      events.close();
    }
  }
}
