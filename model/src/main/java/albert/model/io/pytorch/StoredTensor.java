package albert.model.io.pytorch;

import albert.model.io.file.FormatProblem;
import albert.model.io.file.TensorEntry;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A tensor as a view of a storage: value [i, j, …] lies at {@code offset + i stride₀ + j stride₁ +
 * …}. One that exists lies in its storage, and no two of its values are one: a file can't stand for
 * more than it holds.
 *
 * @param storage where the values are
 * @param offset of the first value in the storage
 * @param shape dimensions, outermost first; owned
 * @param strides values from one index to the next, for each dimension; owned
 */
@SuppressWarnings("ArrayRecordComponent") // a description, never compared
record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {

  StoredTensor {
    boolean sound = offset >= 0 && shape.length == strides.length;
    for (int i = 0; sound && i < shape.length; i++) {
      sound = shape[i] >= 0 && strides[i] >= 0;
    }
    try {
      sound = sound && Math.addExact(offset, span(shape, strides)) <= storage.size();
    } catch (ArithmeticException e) {
      sound = false;
    }
    if (!sound || isOverlapping(shape, strides)) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "a tensor of shape %s has the strides %s from value %d on in a storage of %d:"
                  + " allowed are values of its own, all in the storage",
              Arrays.toString(shape),
              Arrays.toString(strides),
              offset,
              storage.size()));
    }
  }

  /**
   * The tensor that a call of {@code _rebuild_tensor_v2} makes: (storage, offset, shape, strides,
   * requires_grad, hooks, metadata). Metadata, such as a sign to be applied, is refused.
   */
  static StoredTensor of(Object[] arguments) {
    boolean plain =
        arguments.length == 6
            || (arguments.length == 7
                && (arguments[6] == null
                    || (arguments[6] instanceof Map<?, ?> metadata && metadata.isEmpty())));
    if (!plain
        || !(arguments[0] instanceof Storage storage)
        || !(arguments[2] instanceof Object[] shape)
        || !(arguments[3] instanceof Object[] strides)) {
      throw TorchName.wrong(TorchName.TENSOR);
    }
    return new StoredTensor(
        storage, Storage.number(arguments[1]), numbers(shape), numbers(strides));
  }

  /**
   * The stretch of the bytes of the storage's key that holds all values.
   *
   * @param name the tensor's name
   * @throws IllegalArgumentException in words that complete a sentence about the file, if the
   *     values fit no array
   */
  TensorEntry stretch(String name) {
    int bytes = storage.dtype().bytes();
    long begin = (storage.begin() + offset) * bytes;
    long span = span(shape, strides);
    return new TensorEntry(name, storage.dtype(), new long[] {span}, begin, begin + span * bytes);
  }

  /** How many values it has. */
  long size() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /**
   * The tensor, its values in their order.
   *
   * @param stretch the values of {@link #stretch}, of rank 1
   */
  HostTensor arrange(HostTensor stretch) {
    boolean contiguous = isContiguous();
    if (stretch instanceof FloatTensor floats) {
      float[] values = floats.values();
      return new FloatTensor(shape, contiguous ? values : gathered(values));
    }
    int[] values = ((IntTensor) stretch).values();
    return new IntTensor(shape, contiguous ? values : gathered(values));
  }

  private float[] gathered(float[] from) {
    int[] places = places();
    float[] values = new float[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = from[places[i]];
    }
    return values;
  }

  private int[] gathered(int[] from) {
    return Arrays.stream(places()).map(place -> from[place]).toArray();
  }

  /** Where each value lies in the stretch. */
  private int[] places() {
    int[] places = new int[(int) size()];
    long[] index = new long[shape.length];
    int place = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = place;
      for (int d = shape.length - 1; d >= 0; d--) {
        place += (int) strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        place -= (int) (strides[d] * shape[d]);
        index[d] = 0;
      }
    }
    return places;
  }

  private boolean isContiguous() {
    long expected = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1 && strides[d] != expected) {
        return size() == 0;
      }
      expected *= shape[d];
    }
    return true;
  }

  /** Values from the first to the last, those between them included. */
  private static long span(long[] shape, long[] strides) {
    if (Arrays.stream(shape).anyMatch(dimension -> dimension == 0)) {
      return 0;
    }
    long last = 0;
    for (int d = 0; d < shape.length; d++) {
      last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
    }
    return Math.addExact(last, 1);
  }

  /** Whether two values may be one: a stride is no longer than what the shorter ones reach. */
  private static boolean isOverlapping(long[] shape, long[] strides) {
    if (span(shape, strides) == 0) {
      return false;
    }
    long reach = 0;
    for (int d :
        IntStream.range(0, shape.length)
            .filter(d -> shape[d] > 1)
            .boxed()
            .sorted(Comparator.comparingLong(d -> strides[d]))
            .mapToInt(Integer::intValue)
            .toArray()) {
      if (strides[d] <= reach) {
        return true;
      }
      reach += (shape[d] - 1) * strides[d];
    }
    return false;
  }

  private static long[] numbers(Object[] values) {
    return Arrays.stream(values).mapToLong(Storage::number).toArray();
  }
}
