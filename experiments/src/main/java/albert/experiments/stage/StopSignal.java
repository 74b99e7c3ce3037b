package albert.experiments.stage;

import java.util.concurrent.atomic.AtomicBoolean;

/** Asks the work to stop at the next step; may be raised from any thread. */
public final class StopSignal {

  private final AtomicBoolean raised = new AtomicBoolean();

  /** Asks to stop. */
  public void raise() {
    raised.set(true);
  }

  /** Whether someone asked to stop. */
  public boolean isRaised() {
    return raised.get();
  }

  /**
   * To be called between steps.
   *
   * @throws StoppedException if someone asked to stop
   */
  public void check() {
    if (raised.get()) {
      throw new StoppedException();
    }
  }
}
