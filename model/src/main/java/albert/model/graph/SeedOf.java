package albert.model.graph;

/** Seeds that follow from a name alone, so that a variable's do not depend on its neighbours. */
final class SeedOf {
  private SeedOf() {}

  /** The 64-bit FNV-1a hash of a name's UTF-16 units. */
  static long name(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
