package albert.model.runtime;

import albert.model.graph.GraphRewrite;
import albert.model.graph.GraphRewrite.Products;
import albert.model.graph.MixedPrecision;
import org.tensorflow.proto.GraphDef;

/**
 * What matrix products are computed in. Weights, sums and the optimizer are always float32, and so
 * are the last layer of a head and what follows it; but for the masked-LM decoder in training, see
 * {@link albert.model.head.MaskedLmHead}. In float16 the loss of a training is scaled, see {@link
 * LossScale}.
 */
public enum Precision {
  /** The fastest that the hardware multiplies faster than float32. */
  AUTO,
  /** 32-bit IEEE floats. */
  FLOAT32,
  /** 16-bit floats with float32's exponent. */
  BFLOAT16,
  /** 16-bit IEEE floats, for GPUs; slow on CPUs, and the same graph there. */
  FLOAT16;

  /**
   * This precision with {@link #AUTO} decided: on a CPU bfloat16 where it has instructions for it
   * (avx512_bf16 or amx_bf16), else float32, since emulation is many times slower; on a GPU
   * float16.
   *
   * @param gpu whether the model runs on a GPU
   */
  public Precision resolve(Hardware hardware, boolean gpu) {
    if (this != AUTO) {
      return this;
    }
    if (gpu) {
      return FLOAT16;
    }
    return hardware.multipliesBfloat16() ? BFLOAT16 : FLOAT32;
  }

  /**
   * Why {@link #AUTO} is what it resolves to, in words.
   *
   * @param gpu whether the model runs on a GPU
   */
  public static String reason(Hardware hardware, boolean gpu) {
    if (gpu) {
      return "a GPU multiplies 16-bit floats faster than float32";
    }
    return hardware.multipliesBfloat16()
        ? "the processor has instructions for bfloat16 (avx512_bf16 or amx_bf16)"
        : "the processor has neither avx512_bf16 nor amx_bf16 and would emulate bfloat16";
  }

  /**
   * The graph that runs in this precision, which is decided.
   *
   * @param built as it was built, gradients included
   */
  GraphDef rewritten(GraphDef built) {
    return switch (this) {
      case FLOAT32 -> GraphRewrite.apply(built);
      case BFLOAT16 -> GraphRewrite.apply(built, Products.BFLOAT16);
      case FLOAT16 -> MixedPrecision.apply(GraphRewrite.apply(built));
      case AUTO -> throw new IllegalStateException("the precision is not resolved");
    };
  }
}
