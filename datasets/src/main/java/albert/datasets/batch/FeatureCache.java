package albert.datasets.batch;

import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.Sha256;
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

  /** Changes with the code whenever the same settings give other ids. */
  private static final int VERSION = 1;

  /** Examples that are encoded side by side and written in one go. */
  private static final int CHUNK = 4096;

  /** Smaller sets are encoded faster than a file is written and forced to the disk. */
  private static final int SMALLEST = 20_000;

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
   * The examples as {@link SequenceEncoder#encodeAll} gives them, from a file if there is one.
   * Small sets are encoded in memory; and so is one whose file can't be written, with a warning.
   *
   * @param tokenizer is not needed any more when this returns
   */
  public List<EncodedExample> encode(
      List<TextExample> examples, Tokenizer tokenizer, int maxSeqLength) {
    SequenceEncoder encoder = new SequenceEncoder(tokenizer, maxSeqLength);
    return examples.size() < SMALLEST
        ? encoder.encodeAll(examples)
        : mapped(examples, encoder, key(examples, tokenizer, maxSeqLength));
  }

  /**
   * The same, but never waits for the file: as long as it is being written, by a thread in the
   * background, examples are encoded when they are asked for. They are the same in either case.
   *
   * @param opened opens the tokenizer anew
   */
  public List<EncodedExample> encodeLater(
      List<TextExample> examples, Supplier<Tokenizer> opened, int maxSeqLength) {
    Tokenizer tokenizer = opened.get();
    if (examples.size() < SMALLEST) {
      try (tokenizer) {
        return encode(examples, tokenizer, maxSeqLength);
      }
    }
    String key = key(examples, tokenizer, maxSeqLength);
    Optional<List<EncodedExample>> found = find(key);
    if (found.isPresent()) {
      tokenizer.close();
      return found.get();
    }
    GrowingExamples growing = new GrowingExamples(examples, tokenizer, maxSeqLength);
    Thread writer = new Thread(() -> write(growing, key), "features");
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

  /** Makes examples. */
  @FunctionalInterface
  public interface Source {

    /** Hands over all of them, in their order, whose numbers are their rows. */
    void forEach(Consumer<EncodedExample> consumer);
  }

  /**
   * What a source makes, from a file if there is one.
   *
   * @param key 64 hexadecimal digits that no other examples have
   */
  public List<EncodedExample> keep(String key, Source source) {
    return find(key)
        .orElseGet(
            () -> {
              try {
                return write(key, source);
              } catch (IOException e) {
                LOG.warn("the features are not kept: {}", e.getMessage());
                List<EncodedExample> all = new ArrayList<>();
                source.forEach(all::add);
                return List.copyOf(all);
              }
            });
  }

  private List<EncodedExample> mapped(
      List<TextExample> examples, SequenceEncoder encoder, String key) {
    return keep(
        key,
        consumer -> {
          for (int start = 0; start < examples.size(); start += CHUNK) {
            chunk(examples, encoder, start).forEach(consumer);
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

  private static List<EncodedExample> chunk(
      List<TextExample> examples, SequenceEncoder encoder, int start) {
    return IntStream.range(start, Math.min(start + CHUNK, examples.size()))
        .parallel()
        .mapToObj(row -> encoder.encode(row, examples.get(row)))
        .toList();
  }

  private static String key(List<TextExample> examples, Tokenizer tokenizer, int maxSeqLength) {
    Sha256 key = new Sha256().add(VERSION).add(tokenizer.fingerprint()).add(maxSeqLength);
    for (TextExample example : examples) {
      key.add(example.text())
          .add(example.pair() == null ? 0 : 1)
          .add(example.pair() == null ? "" : example.pair())
          .add(Double.doubleToLongBits(example.label()));
    }
    return key.hex();
  }
}
