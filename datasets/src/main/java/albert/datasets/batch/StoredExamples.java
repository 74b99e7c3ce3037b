package albert.datasets.batch;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** Examples that are made when they are asked for, so that they never all lie in the heap. */
public abstract sealed class StoredExamples extends AbstractList<EncodedExample>
    implements RandomAccess permits MappedExamples, GrowingExamples, StoredExamples.Made {
  StoredExamples() {}

  /**
   * So many examples.
   *
   * @param example makes the one at an index
   */
  public static List<EncodedExample> of(int size, IntFunction<EncodedExample> example) {
    return new Made(size, example);
  }

  static final class Made extends StoredExamples {
    private final int size;
    private final IntFunction<EncodedExample> example;

    private Made(int size, IntFunction<EncodedExample> example) {
      this.size = size;
      this.example = example;
    }

    @Override
    public EncodedExample get(int index) {
      return example.apply(index);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
