package albert.model.runtime;

/** What matrix products are computed in. Weights, sums and the optimizer are always float32. */
public enum Precision {
  /** The fastest that the hardware multiplies faster than float32. */
  AUTO,
  /** 32-bit IEEE floats. */
  FLOAT32,
  /** 16-bit floats with float32's exponent. */
  BFLOAT16,
  /** 16-bit IEEE floats, for GPUs. */
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
}
