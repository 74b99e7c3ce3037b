package albert.experiments.run;

import albert.experiments.compress.CompressionListener;
import java.util.Locale;

/**
 * Says of a compression before training what it does, and stops it with the study.
 *
 * @param progress hears of its stages
 * @param stop asks to stop
 */
record AnnouncedCompression(StudyProgress progress, StopSignal stop)
    implements CompressionListener {

  @Override
  public void stage(String name, int steps) {
    progress.announced(String.format(Locale.ROOT, "%s (%d steps)", name, steps));
  }

  @Override
  public void stepped() {
    // the study's bar counts training steps alone
  }

  @Override
  public void check() {
    stop.check();
  }
}
