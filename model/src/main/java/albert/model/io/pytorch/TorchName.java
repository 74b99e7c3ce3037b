package albert.model.io.pytorch;

import albert.model.io.file.Dtype;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.ModelFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names that a pickle may speak of: what a state dict of tensors is made of (PyTorch, {@code
 * torch/_utils.py} and {@code torch/serialization.py}). Any other is refused when it is read,
 * before anything could be made of it.
 */
enum TorchName {
  /** A state dict, the hooks of a tensor and the metadata of a module. */
  ORDERED_DICT("collections", "OrderedDict"),
  /** A tensor on a storage. */
  TENSOR("torch._utils", "_rebuild_tensor_v2"),
  /** A tensor that was a parameter. */
  PARAMETER("torch._utils", "_rebuild_parameter"),
  /** float32. */
  FLOAT("FloatStorage", Dtype.F32),
  /** float16. */
  HALF("HalfStorage", Dtype.F16),
  /** bfloat16. */
  BFLOAT16("BFloat16Storage", Dtype.BF16),
  /** float64. */
  DOUBLE("DoubleStorage", Dtype.F64),
  /** int64. */
  LONG("LongStorage", Dtype.I64),
  /** int32. */
  INT("IntStorage", Dtype.I32),
  /** int16. */
  SHORT("ShortStorage", Dtype.I16),
  /** int8. */
  CHAR("CharStorage", Dtype.I8),
  /** uint8. */
  BYTE("ByteStorage", Dtype.U8),
  /** bool. */
  BOOL("BoolStorage", Dtype.BOOL);

  private final String module;
  private final String name;
  private final @Nullable Dtype dtype;

  TorchName(String storage, Dtype dtype) {
    this("torch", storage, dtype);
  }

  TorchName(String module, String name) {
    this(module, name, null);
  }

  TorchName(String module, String name, @Nullable Dtype dtype) {
    this.module = module;
    this.name = name;
    this.dtype = dtype;
  }

  /**
   * The one of that name.
   *
   * @throws FormatProblem if it is none of these
   */
  static TorchName of(String module, String name) {
    return Arrays.stream(values())
        .filter(one -> one.module.equals(module) && one.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new FormatProblem(
                    String.format(
                        Locale.ROOT,
                        "it names %s, allowed are only tensors, their storages and OrderedDict",
                        ModelFileException.quote(module + "." + name))));
  }

  /** The type of a storage's values, if this is a storage. */
  Optional<Dtype> dtype() {
    return Optional.ofNullable(dtype);
  }

  /**
   * What a call of this gives.
   *
   * @throws FormatProblem if it can't be called, or not with these arguments
   */
  Object construct(Object[] arguments) {
    return switch (this) {
      case ORDERED_DICT -> dictionary(arguments);
      case TENSOR -> StoredTensor.of(arguments);
      case PARAMETER -> parameter(arguments);
      default -> throw new FormatProblem("it calls the storage " + name);
    };
  }

  /** Empty, its items coming later, or of a list of pairs, as Python 2 wrote it. */
  private static Map<String, Object> dictionary(Object[] arguments) {
    Map<String, Object> dictionary = new LinkedHashMap<>();
    if (arguments.length == 1 && arguments[0] instanceof List<?> pairs) {
      for (Object pair : pairs) {
        if (!(pair instanceof List<?> two)
            || two.size() != 2
            || !(two.get(0) instanceof String key)) {
          throw wrong(ORDERED_DICT);
        }
        dictionary.put(key, two.get(1));
      }
    } else if (arguments.length != 0) {
      throw wrong(ORDERED_DICT);
    }
    return dictionary;
  }

  private static Object parameter(Object[] arguments) {
    if (arguments.length == 3 && arguments[0] instanceof StoredTensor tensor) {
      return tensor;
    }
    throw wrong(PARAMETER);
  }

  /** A complaint about a call. */
  static FormatProblem wrong(TorchName called) {
    return new FormatProblem(called.name + " has arguments of another kind than it takes");
  }
}
