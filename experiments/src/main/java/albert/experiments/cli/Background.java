package albert.experiments.cli;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing that may fail beside what a command is about. Closing waits for it: a process may
 * not end while a thread of it computes in a native library.
 */
final class Background implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final String name;
  private @Nullable Thread thread;

  /**
   * @param name of the thread
   */
  Background(String name) {
    this.name = name;
  }

  @Override
  public void execute(Runnable task) {
    thread = new Thread(() -> logged(task), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void logged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.debug("{} failed", name, e);
    }
  }

  @Override
  public void close() {
    Thread begun = thread;
    if (begun == null) {
      return;
    }
    try {
      begun.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
