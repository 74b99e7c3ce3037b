package albert.experiments.cli;

import albert.evaluation.record.Stage;
import albert.experiments.compress.CompressionListener;
import albert.experiments.stage.StopSignal;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A line for each stage of a compression, and on a terminal its bar. */
final class CompressionProgress implements CompressionListener, AutoCloseable {

  private final PrintWriter err;
  private final StopSignal stop;
  private @Nullable WorkBar bar;

  CompressionProgress(PrintWriter err, StopSignal stop) {
    this.err = err;
    this.stop = stop;
  }

  @Override
  public void stage(Stage stage, String name, int steps) {
    close();
    err.println(name);
    err.flush();
    bar = new WorkBar(stage.words(), stage.unit(), steps);
  }

  @Override
  public void stepped() {
    if (bar != null) {
      bar.stepBy(1);
    }
  }

  @Override
  public void check() {
    stop.check();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
