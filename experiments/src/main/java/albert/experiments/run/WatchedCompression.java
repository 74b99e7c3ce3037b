package albert.experiments.run;

import albert.evaluation.record.Stage;
import albert.experiments.compress.CompressionListener;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;

/**
 * Measures the stages of a compression before training, and stops it with the study.
 *
 * @param watch measures its stages
 * @param stop asks to stop
 */
record WatchedCompression(StageWatch watch, StopSignal stop) implements CompressionListener {

  @Override
  public void stage(Stage stage, String name, int steps) {
    watch.begin(stage, name, steps, 0);
  }

  @Override
  public void stepped() {
    watch.step(1);
  }

  @Override
  public void ended() {
    watch.end();
  }

  @Override
  public void check() {
    stop.check();
  }
}
