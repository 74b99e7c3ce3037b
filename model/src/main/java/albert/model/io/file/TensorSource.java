package albert.model.io.file;

import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Somewhere tensors are read from by name, whatever the format. */
public interface TensorSource {
  /** The file to name in messages. */
  Path file();

  /** Shape of every tensor by its name, in the file's order. */
  Map<String, long[]> shapes();

  /**
   * Reads a tensor.
   *
   * @throws ModelFileException if it can't be read
   */
  HostTensor read(String name);

  /**
   * Reads a tensor of a floating-point type.
   *
   * @throws ModelFileException if it can't be read or is of whole numbers
   */
  default FloatTensor readFloat(String name) {
    if (read(name) instanceof FloatTensor floats) {
      return floats;
    }
    throw new ModelFileException(
        file(),
        String.format(
            Locale.ROOT,
            "tensor %s has whole numbers, allowed are floating-point ones",
            ModelFileException.quote(name)));
  }
}
