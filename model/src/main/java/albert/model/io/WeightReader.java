package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorSource;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.NonFiniteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes a model's weights from a file so that every tensor is accounted for: one that is missing,
 * left over or of the wrong shape is an error that names it, and nothing is made up.
 */
final class WeightReader {
  private static final int MOST_NAMED = 5;
  private static final long SLACK = 10_000;

  private WeightReader() {}

  /**
   * Reads the weights.
   *
   * @param table what there has to be
   * @param ignored names in the source that need not be in the table
   * @return our variables by name, in the table's order
   * @throws ModelFileException naming tensors that are missing, left over or of another shape
   * @throws NonFiniteException naming a tensor with values that are infinite or not a number
   */
  static Map<String, FloatTensor> read(
      TensorSource source, TensorTable table, Set<String> ignored) {
    check(source, table, ignored);
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    for (TensorTable.Row row : table.rows()) {
      FloatTensor tensor = source.readFloat(row.tensor());
      requireFinite(source, row.tensor(), tensor);
      weights.put(row.variable(), row.transposed() ? tensor.transposed() : tensor);
    }
    return weights;
  }

  private static void requireFinite(TensorSource source, String name, FloatTensor tensor) {
    int nonFinite = tensor.nonFinite();
    if (nonFinite > 0) {
      throw new NonFiniteException(
          String.format(
              Locale.ROOT,
              "%s: tensor %s has %d of %d values that are NaN or infinite in float32; nothing can"
                  + " be computed with such weights",
              source.file(),
              ModelFileException.quote(name),
              nonFinite,
              tensor.size()));
    }
  }

  /**
   * Refuses a configuration that asks for far more tensors than there are: the list of what is
   * missing alone would take more memory than the file.
   */
  static void checkSize(TensorSource source, EncoderConfig config) {
    long asked =
        (long) TensorTable.Layout.of(config).groups()
            * config.innerGroupNum()
            * BlockVariable.values().length;
    int found = source.shapes().size();
    if (asked > 4L * found + SLACK) {
      throw new ModelFileException(
          source.file(),
          String.format(
              Locale.ROOT,
              "there are %d tensors, but the configuration asks for %d in the blocks alone",
              found,
              asked));
    }
  }

  private static void check(TensorSource source, TensorTable table, Set<String> ignored) {
    Map<String, long[]> shapes = source.shapes();
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    Set<String> leftOver = new LinkedHashSet<>(shapes.keySet());
    leftOver.removeAll(ignored);
    for (TensorTable.Row row : table.rows()) {
      long[] found = shapes.get(row.tensor());
      leftOver.remove(row.tensor());
      if (found == null) {
        missing.add(row.tensor() + " " + Arrays.toString(row.tensorShape()));
      } else if (!Arrays.equals(found, row.tensorShape())) {
        misshapen.add(
            String.format(
                Locale.ROOT,
                "%s is %s, expected %s",
                row.tensor(),
                Arrays.toString(found),
                Arrays.toString(row.tensorShape())));
      }
    }
    List<String> problems = new ArrayList<>();
    describe("missing", missing, problems);
    describe("of the wrong shape", misshapen, problems);
    describe(
        "left over",
        leftOver.stream()
            .map(name -> ModelFileException.quote(name) + " " + Arrays.toString(shapes.get(name)))
            .toList(),
        problems);
    if (!problems.isEmpty()) {
      throw new ModelFileException(source.file(), String.join("; ", problems));
    }
  }

  private static void describe(String what, Collection<String> names, List<String> problems) {
    if (names.isEmpty()) {
      return;
    }
    String shown = String.join(", ", names.stream().limit(MOST_NAMED).toList());
    int more = names.size() - MOST_NAMED;
    problems.add(
        String.format(
            Locale.ROOT,
            "%d %s %s: %s%s",
            names.size(),
            names.size() == 1 ? "tensor" : "tensors",
            what,
            shown,
            more > 0 ? String.format(Locale.ROOT, " and %d more", more) : ""));
  }
}
