package albert.model.io;

import albert.model.tensor.HostTensor;
import java.nio.file.Path;
import java.util.Map;

/** Somewhere tensors are read from by name, whatever the format. */
interface TensorSource {
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
}
