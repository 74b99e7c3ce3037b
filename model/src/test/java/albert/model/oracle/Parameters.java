package albert.model.oracle;

import java.util.Map;
import java.util.TreeMap;

/** Values and summed gradients by variable name. */
final class Parameters {
  private final Map<String, double[]> values;
  private final Map<String, double[]> gradients = new TreeMap<>();

  Parameters(Map<String, double[]> values) {
    this.values = values;
  }

  /** The value of a variable, which must have the size expected. */
  double[] value(String name, int size) {
    double[] value = values.get(name);
    if (value == null || value.length != size) {
      throw new IllegalArgumentException(
          name + " needs " + size + " numbers, found " + (value == null ? 0 : value.length));
    }
    return value;
  }

  /** The gradient of a variable, to be added to. */
  double[] gradient(String name, int size) {
    return gradients.computeIfAbsent(name, absent -> new double[size]);
  }

  Map<String, double[]> gradients() {
    return gradients;
  }
}
