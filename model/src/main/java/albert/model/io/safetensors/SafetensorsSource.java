package albert.model.io.safetensors;

import albert.model.io.file.JsonObject;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorSource;
import albert.model.tensor.HostTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tensors of a Hugging Face directory: one safetensors file, or several with an index. Names
 * that old conversions from TensorFlow gave to layer norms, gamma and beta, become weight and bias.
 */
public final class SafetensorsSource implements TensorSource {
  /** The file where there is only one. */
  public static final String SINGLE = "model.safetensors";

  private static final String INDEX = "model.safetensors.index.json";

  private record Place(Safetensors file, String name) {}

  private final Path file;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  private SafetensorsSource(Path file) {
    this.file = file;
  }

  /**
   * Opens a directory's files.
   *
   * @throws ModelFileException if there are none or they are not sound
   */
  public static SafetensorsSource open(Path directory) {
    Path single = directory.resolve(SINGLE);
    Path index = directory.resolve(INDEX);
    if (Files.exists(single)) {
      SafetensorsSource source = new SafetensorsSource(single);
      source.add(Safetensors.open(single));
      return source;
    }
    if (Files.exists(index)) {
      SafetensorsSource source = new SafetensorsSource(index);
      source.addShards(directory);
      return source;
    }
    throw new ModelFileException(
        directory,
        String.format(Locale.ROOT, "there are no weights, allowed are %s and %s", SINGLE, INDEX));
  }

  /** Whether there are such files in a directory. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(SINGLE)) || Files.exists(directory.resolve(INDEX));
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Map<String, long[]> shapes() {
    return Collections.unmodifiableMap(shapes);
  }

  @Override
  public HostTensor read(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new ModelFileException(file, "there is no tensor " + ModelFileException.quote(name));
    }
    return place.file().read(place.name());
  }

  private void addShards(Path directory) {
    Map<String, String> listed = new TreeMap<>();
    JsonObject map =
        JsonObject.read(file)
            .object("weight_map")
            .orElseThrow(() -> new ModelFileException(file, "there is no weight_map"));
    map.entries().forEach(entry -> listed.put(entry.getKey(), shard(map, entry.getKey())));
    for (String shard : new TreeSet<>(listed.values())) {
      Safetensors opened = Safetensors.open(directory.resolve(shard));
      for (String name : opened.entries().keySet()) {
        if (!shard.equals(listed.remove(name))) {
          throw new ModelFileException(
              opened.file(),
              String.format(
                  Locale.ROOT,
                  "tensor %s is not in the index, or in another file there",
                  ModelFileException.quote(name)));
        }
      }
      add(opened);
    }
    listed.forEach(
        (name, shard) -> {
          throw new ModelFileException(
              file,
              String.format(
                  Locale.ROOT,
                  "tensor %s should be in %s, but is not",
                  ModelFileException.quote(name),
                  shard));
        });
  }

  /** The file of a tensor, a plain name: an index never leads out of its directory. */
  private String shard(JsonObject map, String tensor) {
    String name = map.text(tensor).orElse("");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors")) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT,
              "weight_map has %s, allowed are plain names that end in .safetensors",
              ModelFileException.quote(name)));
    }
    return name;
  }

  private void add(Safetensors part) {
    part.entries()
        .forEach(
            (name, entry) -> {
              String modern = modern(name);
              if (places.put(modern, new Place(part, name)) != null) {
                throw new ModelFileException(
                    part.file(),
                    String.format(
                        Locale.ROOT, "tensor %s is there twice", ModelFileException.quote(modern)));
              }
              shapes.put(modern, entry.shape());
            });
  }

  private static String modern(String name) {
    return name.endsWith("LayerNorm.gamma")
        ? name.replaceAll("gamma$", "weight")
        : name.endsWith("LayerNorm.beta") ? name.replaceAll("beta$", "bias") : name;
  }
}
