package albert.datasets.batch;

import albert.datasets.Sha256;
import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.evaluation.record.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  private List<EncodedExample> mapped(
      List<TextExample> examples, SequenceEncoder encoder, String key) {
    Path file = folder.resolve(key + ".features");
    try {
      if (Files.exists(file)) {
        return MappedExamples.open(file, key);
      }
    } catch (IOException e) {
      LOG.warn("the features are made again: {}", e.getMessage());
    }
    try {
      AtomicFiles.write(
          file,
          out -> {
            MappedExamples.Writer writer = new MappedExamples.Writer(out);
            for (int start = 0; start < examples.size(); start += CHUNK) {
              for (EncodedExample example : chunk(examples, encoder, start)) {
                writer.add(example);
              }
            }
            writer.finish(key);
          });
      return MappedExamples.open(file, key);
    } catch (IOException e) {
      LOG.warn("the features are not kept: {}", e.getMessage());
      return encoder.encodeAll(examples);
    }
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
