package albert.datasets.pretraining;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Mixes a sequence through a buffer: whatever is asked for is drawn from the next {@code size} that
 * are left, so each stands no more than the buffer's size before its place.
 */
final class BoundedShuffle<T> implements Iterator<T> {
  private final Iterator<T> in;
  private final int size;
  private final SplittableRandom random;
  private final List<T> buffer = new ArrayList<>();

  BoundedShuffle(Iterator<T> in, int size, SplittableRandom random) {
    this.in = in;
    this.size = size;
    this.random = random;
  }

  @Override
  public boolean hasNext() {
    return !buffer.isEmpty() || in.hasNext();
  }

  @Override
  public T next() {
    while (buffer.size() < size && in.hasNext()) {
      buffer.add(in.next());
    }
    if (buffer.isEmpty()) {
      throw new NoSuchElementException();
    }
    int last = buffer.size() - 1;
    T drawn = buffer.set(random.nextInt(buffer.size()), buffer.get(last));
    buffer.remove(last);
    return drawn;
  }
}
