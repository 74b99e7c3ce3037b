package albert.model.io;

import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorSource;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tensors under other names than their file's, and in other shapes of as many values. */
final class RenamedSource implements TensorSource {
  private final TensorSource source;
  private final Map<String, String> originals = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  RenamedSource(TensorSource source) {
    this.source = source;
  }

  /**
   * Gives a tensor a name.
   *
   * @param shape its shape here
   * @throws ModelFileException if there is one of that name
   */
  void add(String name, String original, long[] shape) {
    if (originals.put(name, original) != null) {
      throw new ModelFileException(
          file(), "variable " + ModelFileException.quote(name) + " is there twice");
    }
    shapes.put(name, shape);
  }

  @Override
  public Path file() {
    return source.file();
  }

  @Override
  public Map<String, long[]> shapes() {
    return Collections.unmodifiableMap(shapes);
  }

  @Override
  public HostTensor read(String name) {
    String original = originals.get(name);
    long[] shape = shapes.get(name);
    if (original == null || shape == null) {
      throw new ModelFileException(file(), "there is no tensor " + ModelFileException.quote(name));
    }
    HostTensor tensor = source.read(original);
    return tensor instanceof FloatTensor floats
        ? new FloatTensor(shape, floats.values())
        : new IntTensor(shape, ((IntTensor) tensor).values());
  }
}
