package albert.datasets.tokenizer;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps native memory alive while threads use it: a use after the end, or an end during a use,
 * would otherwise take the whole virtual machine down.
 */
final class Lifetime {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean ended;

  /**
   * Runs a use; several may run at once.
   *
   * @throws IllegalStateException after the end
   */
  <T> T during(Supplier<T> use) {
    lock.readLock().lock();
    try {
      if (ended) {
        throw new IllegalStateException("the tokenizer is closed");
      }
      return use.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Waits for running uses and frees, once. */
  void end(Runnable free) {
    lock.writeLock().lock();
    try {
      if (!ended) {
        ended = true;
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
