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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

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

  /**
   * Encodes some of them, cut to a length.
   *
   * @param most texts to learn from; of more the seed draws so many
   */
  Encoded encode(Tokenizer tokenizer, int maxSeqLength, int most, long seed) {
    List<String> train = new ArrayList<>();
    List<String> heldOut = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      boolean isHeldOut = i % HELD_OUT_EVERY == 0 && heldOut.size() < MOST_HELD_OUT;
      (isHeldOut ? heldOut : train).add(texts.get(i));
    }
    if (train.size() > most) {
      Collections.shuffle(train, new Random(seed));
    }
    SequenceEncoder encoder = new SequenceEncoder(tokenizer, maxSeqLength);
    return new Encoded(
        encoded(train.subList(0, Math.min(most, train.size())), encoder),
        encoded(heldOut, encoder),
        tokenizer.specialTokens().pad());
  }

  private static List<EncodedExample> encoded(List<String> texts, SequenceEncoder encoder) {
    List<EncodedExample> encoded = new ArrayList<>();
    for (String text : texts) {
      encoded.add(new EncodedExample(encoded.size(), encoder.encode(text, null), Double.NaN));
    }
    return encoded;
  }
}
