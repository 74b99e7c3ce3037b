package albert.experiments.cli;

import albert.datasets.download.DownloadListener;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar a file on standard error, with rate and remaining time; on a terminal only. */
final class DownloadProgress implements DownloadListener, AutoCloseable {
  private static final int REDRAW_MILLIS = 500;

  private final boolean terminal = Boolean.getBoolean(ConsoleProgress.TERMINAL);
  private @Nullable ProgressBar bar;
  private String shown = "";

  @Override
  public void received(String file, long bytes, long total) {
    if (!terminal) {
      return;
    }
    if (bar == null || !file.equals(shown)) {
      close();
      shown = file;
      bar =
          new ProgressBarBuilder()
              .setTaskName(file)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REDRAW_MILLIS)
              .setUnit(" KiB", 1024)
              .setSpeedUnit(ChronoUnit.SECONDS)
              .showSpeed()
              .setConsumer(WorkBar.consumer())
              .build();
    }
    bar.stepTo(bytes);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
