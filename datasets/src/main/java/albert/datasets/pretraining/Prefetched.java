package albert.datasets.pretraining;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes from an iterator in a thread of its own, ahead of who asks. The order stays.
 *
 * <p>What the iterator throws is thrown to who asks, at its place in the order.
 */
public final class Prefetched<T> implements Iterator<T>, AutoCloseable {
  private static final int TURN_MILLIS = 50;

  private final BlockingQueue<Item<T>> queue;
  private volatile boolean closed;
  private @Nullable Item<T> head;

  private record Item<T>(@Nullable T value, @Nullable RuntimeException problem) {}

  /**
   * Begins to take.
   *
   * @param ahead how many at most
   */
  public Prefetched(Iterator<T> in, int ahead) {
    queue = new ArrayBlockingQueue<>(ahead);
    Thread thread = new Thread(() -> take(in), "prefetch");
    thread.setDaemon(true);
    thread.start();
  }

  private void take(Iterator<T> in) {
    try {
      while (!closed && in.hasNext()) {
        put(new Item<>(in.next(), null));
      }
      put(new Item<>(null, null));
    } catch (RuntimeException e) {
      put(new Item<>(null, e));
    }
  }

  /** Waits in short turns instead of being interrupted, which would close the files it reads. */
  private void put(Item<T> item) {
    try {
      boolean taken = false;
      while (!taken && !closed) {
        taken = queue.offer(item, TURN_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Item<T> head() {
    Item<T> there = head;
    if (there == null) {
      try {
        there = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for examples", e);
      }
      head = there;
    }
    return there;
  }

  @Override
  public boolean hasNext() {
    Item<T> there = head();
    return there.value != null || there.problem != null;
  }

  @Override
  public T next() {
    Item<T> there = head();
    if (there.problem != null) {
      throw there.problem;
    }
    if (there.value == null) {
      throw new NoSuchElementException();
    }
    head = null;
    return there.value;
  }

  /** Stops taking. */
  @Override
  public void close() {
    closed = true;
  }
}
