package albert.experiments.cli.terminal;

import albert.datasets.download.DownloadListener;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bar a file on standard error, with rate and remaining time; on a terminal only. */
public final class DownloadProgress implements DownloadListener, AutoCloseable {

  private final boolean terminal = StageConsole.onTerminal();
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
      bar = WorkBar.builder(file, total).setUnit(" KiB", 1024).build();
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
