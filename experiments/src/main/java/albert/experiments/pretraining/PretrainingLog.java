package albert.experiments.pretraining;

import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.experiments.run.EventFile;
import albert.experiments.run.RunFiles;
import albert.model.runtime.StepResult;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a pretraining's figures to {@code metrics.jsonl} and TensorBoard's files: the loss as the
 * mean since the last line, the rest as of the step.
 */
final class PretrainingLog implements AutoCloseable {
  private final MetricsLog log;
  private final EventFile events;
  private final int everySteps;
  private double lossSum;
  private int lossCount;

  /** Opens the files; lines after the state's step, of a training that died, are dropped. */
  PretrainingLog(RunDirectory directory, int everySteps, PretrainingState from) throws IOException {
    this.everySteps = everySteps;
    lossSum = from.lossSum();
    lossCount = from.lossCount();
    RunFiles.deleteFolder(directory.tensorboard());
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
    if (steps % everySteps == 0) {
      Map<String, Double> values = new TreeMap<>();
      values.put("train_loss", lossSum / lossCount);
      values.put("gradient_norm", (double) result.gradientNorm());
      values.put("learning_rate", learningRate);
      lossSum = 0;
      lossCount = 0;
      write(steps, values);
    }
  }

  void evaluated(long steps, HeldOutScores scores) throws IOException {
    Map<String, Double> values = new TreeMap<>();
    values.put("held_out_masked_lm_loss", scores.maskedLmLoss());
    values.put("held_out_masked_lm_accuracy", scores.maskedLmAccuracy());
    HeldOutScores.Pairs pairs = scores.pairs();
    if (pairs != null) {
      values.put("held_out_pair_loss", pairs.loss());
      values.put("held_out_pair_accuracy", pairs.accuracy());
    }
    write(steps, values);
  }

  private void write(long steps, Map<String, Double> values) throws IOException {
    log.append(MetricsLine.of(steps, values));
    events.add(steps, values);
  }

  @Override
  public void close() throws IOException {
    try (log) {
      events.close();
    }
  }
}
