package albert.experiments.cli.terminal;

import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import java.util.Locale;

/** What is said of a stage where no bar can be drawn. */
final class StageLines {

  private StageLines() {}

  /** As {@code training (80 steps)}, or {@code training (80 steps, from 40)}. */
  static String begin(Stage stage, String label, long all, long done) {
    if (all == 0) {
      return label;
    }
    String from = done == 0 ? "" : String.format(Locale.ROOT, ", from %,d", done);
    return String.format(Locale.ROOT, "%s (%,d %s%s)", label, all, stage.unit(), from);
  }

  /** As {@code 80 steps in 11.7 s}. */
  static String end(StageSeconds part) {
    return part.steps() == 0
        ? String.format(Locale.ROOT, "  %.1f s", part.seconds())
        : String.format(
            Locale.ROOT, "  %,d %s in %.1f s", part.steps(), part.stage().unit(), part.seconds());
  }
}
