package albert.experiments.compress;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.TextExample;
import albert.datasets.text.WordNetTask;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Texts without labels.
 *
 * @param name where they come from, in words
 * @param texts one a sequence
 */
public record UnlabelledText(String name, List<String> texts) {

  private static final int FEWEST = 100;

  /** One of so many texts is held out, up to {@link #MOST_HELD_OUT}. */
  private static final int HELD_OUT_EVERY = 20;

  private static final int MOST_HELD_OUT = 512;

  /** Copies its argument. */
  public UnlabelledText {
    texts = List.copyOf(texts);
  }

  /** The glosses that the WordNet task trains on; they arrive by Maven. */
  public static UnlabelledText wordNet() {
    TaskData<TextExample> data = new WordNetTask().read(Path.of(""));
    return new UnlabelledText(
        "WordNet glosses", data.examples(SplitName.TRAIN).stream().map(TextExample::text).toList());
  }

  /**
   * The lines of a text file that are not blank.
   *
   * @throws InputException if it can't be read or has too few
   */
  public static UnlabelledText read(Path file) {
    try {
      List<String> lines =
          Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
      if (lines.size() < FEWEST) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "the corpus %s has %d lines with text, at least %d are needed",
                file,
                lines.size(),
                FEWEST));
      }
      return new UnlabelledText(String.valueOf(file.getFileName()), lines);
    } catch (CharacterCodingException e) {
      throw new InputException("the corpus " + file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new InputException(
          String.format(
              Locale.ROOT, "the corpus %s can't be read: %s", file, InputException.words(e)));
    }
  }

  /** The given file's, else WordNet's. */
  public static UnlabelledText of(Optional<Path> file) {
    return file.map(UnlabelledText::read).orElseGet(UnlabelledText::wordNet);
  }

  /**
   * As ids.
   *
   * @param train to learn from
   * @param heldOut to measure on
   * @param padId fills a batch
   */
  record Encoded(List<EncodedExample> train, List<EncodedExample> heldOut, int padId) {}

  /** Encodes them, cut to a length. */
  Encoded encode(Tokenizer tokenizer, int maxSeqLength) {
    SequenceEncoder encoder = new SequenceEncoder(tokenizer, maxSeqLength);
    List<EncodedExample> train = new ArrayList<>();
    List<EncodedExample> heldOut = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      List<EncodedExample> part =
          i % HELD_OUT_EVERY == 0 && heldOut.size() < MOST_HELD_OUT ? heldOut : train;
      part.add(new EncodedExample(part.size(), encoder.encode(texts.get(i), null), Double.NaN));
    }
    return new Encoded(train, heldOut, tokenizer.specialTokens().pad());
  }
}
