package albert.model.config;

/**
 * Which layers use the same set of weights if there are fewer sets than layers. Layer i of L, both
 * counted from 0, with M sets ({@link EncoderConfig#groups()}):
 *
 * <p>Worked for L 6, M 3: sequence 0 0 1 1 2 2, cycle 0 1 2 0 1 2, cycle reversed 0 1 2 2 1 0.
 */
public enum SharingPattern {
  /**
   * Layers in a row: set i / (L / M). ALBERT's groups, and the sequence strategy of Takase and
   * Kiyono (arXiv 2104.06022, section 3).
   */
  SEQUENCE {
    @Override
    int set(int layer, int layers, int sets) {
      return layer / (layers / sets);
    }
  },
  /** All sets in turn, again and again: set i mod M (the cycle strategy of arXiv 2104.06022). */
  CYCLE {
    @Override
    int set(int layer, int layers, int sets) {
      return layer % sets;
    }
  },
  /**
   * As the cycle, but the last M layers go through the sets backwards (the cycle (rev) strategy of
   * arXiv 2104.06022): its sets beside the input are those beside the output.
   */
  CYCLE_REVERSED {
    @Override
    int set(int layer, int layers, int sets) {
      int inCycle = layer % sets;
      return layer < layers - sets || layers == sets ? inCycle : sets - 1 - inCycle;
    }
  };

  /**
   * The set of weights of a layer.
   *
   * @param layer which layer, from 0
   * @param layers L, a multiple of M
   * @param sets M
   */
  abstract int set(int layer, int layers, int sets);
}
