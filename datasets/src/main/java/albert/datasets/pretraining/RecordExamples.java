package albert.datasets.pretraining;

import albert.datasets.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Examples from TFRecord files of the published layout. Masks and pairs are those of the files, the
 * same in every epoch; the order of the files is random.
 */
public final class RecordExamples implements ExampleSource {
  private final List<Path> files;
  private final ExampleSettings settings;
  private final MaskingVocabulary vocabulary;
  private final Shard shard;

  /**
   * @param files not empty
   * @param settings examples longer than theirs are refused
   * @param vocabulary that their ids are of
   */
  public RecordExamples(
      List<Path> files, ExampleSettings settings, MaskingVocabulary vocabulary, Shard shard) {
    this.files = List.copyOf(files);
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.shard = shard;
  }

  /** The TFRecord files of a folder, {@code *.tfrecord} and {@code *.tfrecord.gz}, in order. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.toString().matches(".*\\.tfrecord(\\.gz)?"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  /**
   * Writes examples to a file of the published layout; gzipped if its name ends in {@code .gz}.
   *
   * @param padId fills the sequences
   */
  public static void write(
      Path file, Iterator<PretrainingExample> examples, ExampleSettings settings, int padId)
      throws IOException {
    TfRecords.write(
        file,
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return examples.hasNext();
          }

          @Override
          public byte[] next() {
            return ExampleRecord.write(
                examples.next(), settings.maxSeqLength(), settings.maxPredictionsPerSeq(), padId);
          }
        });
  }

  @Override
  public Iterator<PretrainingExample> epoch(long seed, int epoch) {
    List<Path> order = new ArrayList<>();
    for (int i : Draws.shuffled(files.size(), new SplittableRandom(Draws.mix(seed, epoch)))) {
      order.add(files.get(i));
    }
    return new Epoch(order);
  }

  private final class Epoch implements Iterator<PretrainingExample> {
    private final Iterator<Path> left;
    private @Nullable Path file;
    private TfRecords.@Nullable Reader reader;
    private @Nullable PretrainingExample ready;
    private long position;

    Epoch(List<Path> order) {
      left = order.iterator();
    }

    @Override
    public boolean hasNext() {
      try {
        while (ready == null && advance()) {
          // a record of another shard
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return ready != null;
    }

    /** Reads a record or opens a file; false after the last. */
    private boolean advance() throws IOException {
      TfRecords.Reader open = reader;
      if (open == null) {
        if (!left.hasNext()) {
          return false;
        }
        file = left.next();
        reader = TfRecords.open(file);
        return true;
      }
      byte[] record = open.next();
      if (record == null) {
        open.close();
        reader = null;
      } else if (shard.has(position++)) {
        ready = example(record, open.record());
      }
      return true;
    }

    private PretrainingExample example(byte[] record, long number) {
      String problem;
      try {
        PretrainingExample example =
            ExampleRecord.read(record, vocabulary.special(), vocabulary.size());
        if (example.length() <= settings.maxSeqLength()
            && example.maskedIds().length <= settings.maxPredictionsPerSeq()) {
          return example;
        }
        problem =
            String.format(
                Locale.ROOT,
                "has %d pieces and %d predictions, allowed are max_seq_length %d and"
                    + " max_predictions_per_seq %d",
                example.length(),
                example.maskedIds().length,
                settings.maxSeqLength(),
                settings.maxPredictionsPerSeq());
      } catch (IllegalArgumentException e) {
        problem = String.valueOf(e.getMessage());
      }
      throw new DataFormatException(
          String.valueOf(file), String.format(Locale.ROOT, "record %d %s", number, problem));
    }

    @Override
    public PretrainingExample next() {
      PretrainingExample next = hasNext() ? ready : null;
      if (next == null) {
        throw new NoSuchElementException();
      }
      ready = null;
      return next;
    }
  }
}
