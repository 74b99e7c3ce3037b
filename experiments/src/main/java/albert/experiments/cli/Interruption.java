package albert.experiments.cli;

import albert.experiments.stage.StopSignal;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C during long work: raises the stop signal and gives the work a moment to end its step, so
 * that no native thread is cut off in the middle. The virtual machine then exits with 130.
 */
final class Interruption implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  /**
   * Begins to listen.
   *
   * @param stop raised on Ctrl-C
   * @param err told how to go on
   * @param howToGoOn one line
   */
  Interruption(StopSignal stop, PrintWriter err, String howToGoOn) {
    hook =
        new Thread(
            () -> {
              stop.raise();
              try {
                boolean ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                err.println("albert: " + (ended ? howToGoOn : "interrupted in a long step"));
                err.flush();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The work is over. While the machine is going down the hook itself ends, and with it all. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // going down already: that is what the hook is for
      return;
    }
  }
}
