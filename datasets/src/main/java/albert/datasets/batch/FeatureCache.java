package albert.datasets.batch;

import albert.evaluation.record.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encoded examples kept in files, so that a data set is tokenized once and never lies in the heap:
 * what comes back reads from a file that is mapped into memory.
 *
 * <p>A file is named after the SHA-256 of the texts, the labels, the tokenizer and the length, so
 * what was made with other settings is never taken. A file that is cut off or changed is made
 * again. Nothing here needs to be kept: the folder may be removed at any time.
 *
 * @param folder of the files, made when the first is written
 */
public record FeatureCache(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureCache.class);

  /** Examples with windows that are encoded side by side, and those by one thread in a row. */
  private static final int CHUNK = 4096;

  private static final int ROW = 256;

  /** Smaller sets are encoded faster than a file is written and forced to the disk. */
  private static final int SMALLEST = 20_000;

  /** The same of examples with windows, whose texts are longer. */
  private static final int FEWEST_OF_WINDOWS = 2_000;

  /** {@code ALBERT_CACHE}, else {@code ~/.cache/albert}; the files are in {@code features}. */
  public static FeatureCache of(Map<String, String> environment) {
    String root = environment.getOrDefault("ALBERT_CACHE", "");
    Path folder =
        root.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache", "albert")
            : Path.of(root);
    return new FeatureCache(folder.resolve("features"));
  }

  /**
   * The rows of a source, from a file if there is one, and never waits for it: as long as it is
   * being written, by a thread in the background, a row is made when it is asked for. They are the
   * same in either case. Small sets are made at once and have no file.
   *
   * @param key 64 hexadecimal digits that no other examples have
   * @param rows is closed here, or when the file is there
   */
  public List<EncodedExample> rows(Supplier<String> key, RowSource rows) {
    if (rows.size() < SMALLEST) {
      try (rows) {
        return IntStream.range(0, rows.size()).mapToObj(rows::get).toList();
      }
    }
    String known = key.get();
    Optional<List<EncodedExample>> found = find(known);
    if (found.isPresent()) {
      rows.close();
      return found.get();
    }
    GrowingExamples growing = new GrowingExamples(rows);
    Thread writer = new Thread(() -> write(growing, known), "features");
    writer.setDaemon(true);
    writer.start();
    return growing;
  }

  private void write(GrowingExamples growing, String key) {
    try {
      growing.finish(write(key, growing::forEach));
    } catch (IOException | RuntimeException e) {
      LOG.warn("the features are not kept: {}", e.getMessage());
    }
  }

  /**
   * The sequences of examples that may have several each, from a file if there is one; a small set
   * has none. Many are encoded side by side.
   *
   * @param key 64 hexadecimal digits that no other examples have
   * @param encoder makes the sequences of some examples, with rows from 0
   */
  public <X> List<EncodedExample> windows(
      Supplier<String> key, List<X> examples, Function<List<X>, List<EncodedExample>> encoder) {
    Source source = consumer -> encode(examples, encoder, consumer);
    return examples.size() < FEWEST_OF_WINDOWS ? all(source) : keep(key.get(), source);
  }

  private static <X> void encode(
      List<X> examples,
      Function<List<X>, List<EncodedExample>> encoder,
      Consumer<EncodedExample> consumer) {
    int row = 0;
    for (int from = 0; from < examples.size(); from += CHUNK) {
      List<X> chunk = examples.subList(from, Math.min(from + CHUNK, examples.size()));
      List<List<EncodedExample>> parts =
          IntStream.range(0, (chunk.size() + ROW - 1) / ROW)
              .parallel()
              .mapToObj(i -> chunk.subList(i * ROW, Math.min((i + 1) * ROW, chunk.size())))
              .map(encoder)
              .toList();
      for (List<EncodedExample> part : parts) {
        for (EncodedExample one : part) {
          consumer.accept(new EncodedExample(row++, one.sequence(), one.labels()));
        }
      }
    }
  }

  /** Makes examples, in their order, whose numbers are their rows. */
  @FunctionalInterface
  private interface Source {
    void forEach(Consumer<EncodedExample> consumer);
  }

  private static List<EncodedExample> all(Source source) {
    List<EncodedExample> all = new ArrayList<>();
    source.forEach(all::add);
    return List.copyOf(all);
  }

  private List<EncodedExample> keep(String key, Source source) {
    return find(key)
        .orElseGet(
            () -> {
              try {
                return write(key, source);
              } catch (IOException e) {
                LOG.warn("the features are not kept: {}", e.getMessage());
                return all(source);
              }
            });
  }

  private Optional<List<EncodedExample>> find(String key) {
    try {
      if (Files.exists(file(key))) {
        return Optional.of(MappedExamples.open(file(key), key));
      }
    } catch (IOException e) {
      LOG.warn("the features are made again: {}", e.getMessage());
    }
    return Optional.empty();
  }

  private MappedExamples write(String key, Source source) throws IOException {
    removeAbandoned();
    AtomicFiles.write(
        file(key),
        out -> {
          MappedExamples.Writer writer = new MappedExamples.Writer(out);
          try {
            source.forEach(
                example -> {
                  try {
                    writer.add(example);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
          } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
          }
          writer.finish(key);
        });
    return MappedExamples.open(file(key), key);
  }

  /** Removes what was being written a long time ago, when a process ended. */
  private void removeAbandoned() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant longAgo = Instant.now().minus(Duration.ofHours(1));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(longAgo)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Path file(String key) {
    return folder.resolve(key + ".features");
  }
}
