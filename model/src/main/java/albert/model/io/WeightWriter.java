package albert.model.io;

import albert.model.io.file.ModelFileException;
import albert.model.tensor.FloatTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Takes a model's variables for writing, and sees that they are what the configuration says. */
final class WeightWriter {
  private WeightWriter() {}

  /**
   * Sees that a table covers all of a model's variables.
   *
   * @throws IllegalArgumentException naming those that would be lost
   */
  static void checkComplete(LoadedModel model, TensorTable table) {
    Set<String> lost = new TreeSet<>(model.weights().keySet());
    table.rows().forEach(row -> lost.remove(row.variable()));
    if (!lost.isEmpty()) {
      throw new IllegalArgumentException("these variables have no place in the file: " + lost);
    }
  }

  /**
   * Refuses what no published configuration can say, so that its readers would compute something
   * else.
   *
   * @param file name of the configuration that would be written
   * @throws ModelFileException if the model is such a one
   */
  static void requirePublishable(LoadedModel model, Path file) {
    if (model.head().kind().needsPooler() && !model.config().hasPooler()) {
      throw new ModelFileException(
          file,
          "the model's head reads the mean of the tokens (classifier_pooling mean), which published"
              + " code does not have; saved-model can say it");
    }
  }

  /**
   * The variable that a row of the table stands for.
   *
   * @throws IllegalArgumentException if the model has none or one of another shape
   */
  static FloatTensor variable(LoadedModel model, TensorTable.Row row) {
    FloatTensor tensor = model.weights().get(row.variable());
    if (tensor == null) {
      throw new IllegalArgumentException("the model has no variable " + row.variable());
    }
    if (!Arrays.equals(tensor.shape(), row.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is %s, expected %s",
              row.variable(),
              Arrays.toString(tensor.shape()),
              Arrays.toString(row.shape())));
    }
    return tensor;
  }
}
