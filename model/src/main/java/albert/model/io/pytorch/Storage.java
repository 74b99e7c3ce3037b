package albert.model.io.pytorch;

import albert.model.io.file.Dtype;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.ModelFileException;
import java.util.Locale;

/**
 * Values in a row that tensors are views of; several tensors may have the same.
 *
 * @param key by which the file knows its bytes
 * @param dtype type of the values
 * @param all how many values the bytes of that key are
 * @param begin the first of them that belongs to this storage
 * @param size how many belong to it
 */
record Storage(String key, Dtype dtype, long all, long begin, long size) {

  // so that lengths in bytes are far from overflowing
  private static final long MOST = 1L << 48;

  Storage {
    if (all < 0 || all > MOST || begin < 0 || size < 0 || begin > all - size) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "storage %s has %d values, but a view of it takes %d from value %d on",
              ModelFileException.quote(key),
              all,
              size,
              begin));
    }
  }

  /**
   * What a persistent id stands for (PyTorch, {@code torch/serialization.py}): {@code ("storage",
   * type, key, location, size)}, in the old form with a view beside, None or {@code (key, begin,
   * size)}. Where the values were is not looked at.
   *
   * @throws FormatProblem if it is none
   */
  static Storage of(Object id) {
    if (!(id instanceof Object[] parts)
        || parts.length < 5
        || parts.length > 6
        || !"storage".equals(parts[0])
        || !(parts[1] instanceof TorchName type)
        || !(parts[2] instanceof String key)) {
      throw new FormatProblem("a persistent id is no storage");
    }
    Dtype dtype = type.dtype().orElseThrow(() -> new FormatProblem(type + " is no storage"));
    long all = number(parts[4]);
    if (parts.length == 5 || parts[5] == null) {
      return new Storage(key, dtype, all, 0, all);
    }
    if (!(parts[5] instanceof Object[] view) || view.length != 3) {
      throw new FormatProblem("a persistent id has something else in place of a view");
    }
    return new Storage(key, dtype, all, number(view[1]), number(view[2]));
  }

  /** Bytes of all values of its key. */
  long bytes() {
    return all * dtype.bytes();
  }

  /**
   * A whole number of a pickle.
   *
   * @throws FormatProblem if it is none, or larger than 64 bits
   */
  static long number(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new FormatProblem("it has something else where a whole number belongs");
  }
}
