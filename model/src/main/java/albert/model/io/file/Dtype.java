package albert.model.io.file;

import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The types of values that weight files hold, under safetensors' names, little-endian.
 *
 * <p>Floating-point types become float32: exactly from {@link #F32}, {@link #F16} and {@link
 * #BF16}, rounded to nearest from {@link #F64}. Whole numbers become int32, and one that does not
 * fit is an error.
 */
public enum Dtype {
  /** IEEE 754 binary32. */
  F32(4, true),
  /** IEEE 754 binary16. */
  F16(2, true),
  /** The upper half of a binary32. */
  BF16(2, true),
  /** IEEE 754 binary64. */
  F64(8, true),
  /** 32-bit signed. */
  I32(4, false),
  /** 64-bit signed. */
  I64(8, false),
  /** 16-bit signed. */
  I16(2, false),
  /** 8-bit signed. */
  I8(1, false),
  /** 8-bit unsigned. */
  U8(1, false),
  /** One byte, 0 or 1. */
  BOOL(1, false);

  private final int bytes;
  private final boolean floating;

  Dtype(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Bytes a value takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether its values become float32, otherwise int32. */
  public boolean isFloating() {
    return floating;
  }

  /** The type of that name, if it is one of these. */
  public static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(dtype -> dtype.name().equals(name)).findFirst();
  }

  /** All names, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(Dtype::name).collect(Collectors.joining(", "));
  }

  /** Where values of one tensor are gathered, chunk by chunk. */
  public Sink sink(int size) {
    return floating ? new FloatSink(this, new float[size]) : new IntSink(this, new int[size]);
  }

  private float readFloat(ByteBuffer from) {
    return switch (this) {
      case F32 -> from.getFloat();
      case F16 -> halfToFloat(from.getShort());
      case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
      case F64 -> (float) from.getDouble();
      case I32, I64, I16, I8, U8, BOOL -> throw new IllegalStateException(name());
    };
  }

  private int readInt(ByteBuffer from) {
    return switch (this) {
      case I32 -> from.getInt();
      case I64 -> Math.toIntExact(from.getLong());
      case I16 -> from.getShort();
      case I8 -> from.get();
      case U8, BOOL -> from.get() & 0xff;
      case F32, F16, BF16, F64 -> throw new IllegalStateException(name());
    };
  }

  /** Float.float16ToFloat came with Java 20. */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int biased = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | biased << 23 | mantissa << 13);
  }

  /** Takes little-endian bytes of whole values and becomes a tensor. */
  public interface Sink {
    /**
     * Takes what is left in the buffer.
     *
     * @throws ArithmeticException if a whole number does not fit 32 bits
     */
    void take(ByteBuffer bytes);

    /** The tensor of the values taken, which are then complete. */
    HostTensor tensor(long[] shape);
  }

  private static final class FloatSink implements Sink {
    private final Dtype dtype;
    private final float[] values;
    private int taken;

    FloatSink(Dtype dtype, float[] values) {
      this.dtype = dtype;
      this.values = values;
    }

    @Override
    public void take(ByteBuffer bytes) {
      if (dtype == F32) {
        int count = bytes.remaining() / Float.BYTES;
        bytes.asFloatBuffer().get(values, taken, count);
        taken += count;
        return;
      }
      while (bytes.hasRemaining()) {
        values[taken++] = dtype.readFloat(bytes);
      }
    }

    @Override
    public HostTensor tensor(long[] shape) {
      return new FloatTensor(shape, values);
    }
  }

  private static final class IntSink implements Sink {
    private final Dtype dtype;
    private final int[] values;
    private int taken;

    IntSink(Dtype dtype, int[] values) {
      this.dtype = dtype;
      this.values = values;
    }

    @Override
    public void take(ByteBuffer bytes) {
      while (bytes.hasRemaining()) {
        values[taken++] = dtype.readInt(bytes);
      }
    }

    @Override
    public HostTensor tensor(long[] shape) {
      return new IntTensor(shape, values);
    }
  }
}
