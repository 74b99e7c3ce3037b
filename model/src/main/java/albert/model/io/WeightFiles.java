package albert.model.io;

import albert.model.io.file.JsonObject;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorSource;
import albert.model.io.pytorch.PytorchFile;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.HostTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The tensors of a Hugging Face directory: one file, or several with an index, of safetensors or of
 * PyTorch; the first of the four that is there, as in transformers. Names that old conversions from
 * TensorFlow gave to layer norms, gamma and beta, become weight and bias.
 */
final class WeightFiles implements TensorSource {
  /** The name of a file of safetensors where there is only one. */
  static final String SAFETENSORS = "model.safetensors";

  private enum Format {
    SAFE(SAFETENSORS, ".safetensors", Safetensors::open),
    PICKLED("pytorch_model.bin", ".bin", PytorchFile::open);

    private final String single;
    private final String suffix;
    private final Function<Path, TensorSource> reader;

    Format(String single, String suffix, Function<Path, TensorSource> reader) {
      this.single = single;
      this.suffix = suffix;
      this.reader = reader;
    }

    private String index() {
      return single + ".index.json";
    }

    private boolean isIn(Path directory) {
      return Files.exists(directory.resolve(single)) || Files.exists(directory.resolve(index()));
    }
  }

  private record Place(TensorSource file, String name) {}

  private final Format format;
  private final Path file;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  private WeightFiles(Format format, Path file) {
    this.format = format;
    this.file = file;
  }

  /**
   * Opens a directory's files.
   *
   * @throws ModelFileException if there are none or they are not sound
   */
  static WeightFiles open(Path directory) {
    Format format =
        found(directory)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        directory,
                        String.format(
                            Locale.ROOT,
                            "there are no weights, allowed are %s and %s, or %s and %s with shards",
                            Format.SAFE.single,
                            Format.PICKLED.single,
                            Format.SAFE.index(),
                            Format.PICKLED.index())));
    Path single = directory.resolve(format.single);
    if (Files.exists(single)) {
      WeightFiles files = new WeightFiles(format, single);
      files.add(format.reader.apply(single));
      return files;
    }
    WeightFiles files = new WeightFiles(format, directory.resolve(format.index()));
    files.addShards(directory);
    return files;
  }

  /** Whether there are such files in a directory. */
  static boolean isIn(Path directory) {
    return found(directory).isPresent();
  }

  private static Optional<Format> found(Path directory) {
    return Arrays.stream(Format.values()).filter(format -> format.isIn(directory)).findFirst();
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
      TensorSource opened = format.reader.apply(directory.resolve(shard));
      for (String name : opened.shapes().keySet()) {
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
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || !name.endsWith(format.suffix)) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT,
              "weight_map has %s, allowed are plain names that end in %s",
              ModelFileException.quote(name),
              format.suffix));
    }
    return name;
  }

  private void add(TensorSource part) {
    part.shapes()
        .forEach(
            (name, shape) -> {
              String modern = modern(name);
              if (places.put(modern, new Place(part, name)) != null) {
                throw new ModelFileException(
                    part.file(),
                    String.format(
                        Locale.ROOT, "tensor %s is there twice", ModelFileException.quote(modern)));
              }
              shapes.put(modern, shape);
            });
  }

  private static String modern(String name) {
    return name.endsWith("LayerNorm.gamma")
        ? name.replaceAll("gamma$", "weight")
        : name.endsWith("LayerNorm.beta") ? name.replaceAll("beta$", "bias") : name;
  }
}
