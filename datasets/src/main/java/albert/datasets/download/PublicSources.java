package albert.datasets.download;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The public data sets that the program reads, and ALBERT's vocabulary, from {@code sources.json}
 * beside this class. Sizes and hashes are those that TensorFlow Datasets ({@code
 * url_checksums/glue.txt} and {@code squad.txt}) and other published readers list for the same
 * files, or those of the files in their authors' repositories.
 */
public final class PublicSources {
  private static final List<PublicSource> ALL = read();

  private PublicSources() {}

  private static List<PublicSource> read() {
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    try (InputStream in =
        Objects.requireNonNull(PublicSources.class.getResourceAsStream("sources.json"))) {
      return List.copyOf(mapper.readValue(in, new TypeReference<List<PublicSource>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, in the order of listings. */
  public static List<PublicSource> all() {
    return ALL;
  }

  /** The source of a task's data, or nothing. */
  public static Optional<PublicSource> byTask(String id) {
    return ALL.stream().filter(source -> source.task().equals(id)).findFirst();
  }

  /**
   * What a person does who lacks a set: the command that gets it, or the way by hand.
   *
   * @param id of a task
   * @param data the folder of the data sets
   */
  public static String howToGet(String id, Path data) {
    return byTask(id)
        .map(
            source ->
                source.files().isEmpty()
                    ? "by hand: " + source.advice()
                    : String.format(
                        Locale.ROOT, "`./albert data get %s --to %s` gets it", id, data))
        .orElse("no command gets it");
  }
}
