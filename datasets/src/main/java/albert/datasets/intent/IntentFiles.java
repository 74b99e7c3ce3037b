package albert.datasets.intent;

import albert.datasets.DataFormatException;
import albert.datasets.TextLines;
import albert.datasets.entity.ConllFile;
import albert.datasets.entity.TaggedSentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a part of a data set as Goo et al. published ATIS and Snips (aclanthology.org/
 * N18-2118): {@value #WORDS} with a sentence a line, {@value #TAGS} with as many tags, {@value
 * #INTENTS} with its intent. Blanks and tabs separate words and tags, as many as there are. An
 * intent is its whole line: several that are joined by {@code #}, as in ATIS, are one.
 *
 * @param folder where the three are
 */
public record IntentFiles(Path folder) {
  /** The file of the sentences. */
  public static final String WORDS = "seq.in";

  private static final String TAGS = "seq.out";
  private static final String INTENTS = "label";
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  /**
   * Reads the three files; without labels if only the sentences are there.
   *
   * @throws DataFormatException as {@link #read}, but for two missing files
   */
  public List<IntentSentence> readAsFarAsLabelled() {
    return Files.exists(file(TAGS)) || Files.exists(file(INTENTS)) ? read() : read(null, null);
  }

  /**
   * Reads the three files.
   *
   * @return at least one sentence, each called by its number from 0
   * @throws DataFormatException with file and line: a file is missing or has another number of
   *     lines, a line has no word, another number of tags, a tag that is none, or no intent
   * @throws UncheckedIOException if a file can't be read
   */
  public List<IntentSentence> read() {
    return read(required(TAGS), required(INTENTS));
  }

  private List<IntentSentence> read(@Nullable List<String> tags, @Nullable List<String> intents) {
    List<String> lines = required(WORDS);
    if (lines.isEmpty()) {
      throw problem(WORDS, 0, "there is no sentence in it");
    }
    requireAsMany(TAGS, tags, lines.size());
    requireAsMany(INTENTS, intents, lines.size());
    List<IntentSentence> sentences = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      List<String> words = split(lines.get(i));
      if (words.isEmpty()) {
        throw problem(WORDS, i + 1, "it has no word");
      }
      sentences.add(
          new IntentSentence(
              new TaggedSentence(
                  String.valueOf(i),
                  null,
                  words,
                  tags == null ? List.of() : tags(i, words.size(), split(tags.get(i)))),
              intents == null ? null : intent(i, intents.get(i))));
    }
    return sentences;
  }

  private List<String> tags(int row, int words, List<String> tags) {
    if (tags.size() != words) {
      throw problem(
          TAGS,
          row + 1,
          String.format(
              Locale.ROOT,
              "it has %d tags, line %d of %s has %d words",
              tags.size(),
              row + 1,
              WORDS,
              words));
    }
    for (int i = 0; i < words; i++) {
      if (!ConllFile.isTag(tags.get(i))) {
        throw problem(
            TAGS,
            row + 1,
            String.format(
                Locale.ROOT,
                "tag %d is '%s', allowed are O, and B-, I-, E-, S-, L- or U- with a type",
                i + 1,
                tags.get(i)));
      }
    }
    return tags;
  }

  private String intent(int row, String line) {
    String intent = line.strip();
    if (intent.isEmpty()) {
      throw problem(INTENTS, row + 1, "it is empty, expected is an intent");
    }
    return intent;
  }

  private void requireAsMany(String name, @Nullable List<String> lines, int sentences) {
    if (lines != null && lines.size() != sentences) {
      int first = Math.min(lines.size(), sentences) + 1;
      throw problem(
          name,
          first,
          String.format(
              Locale.ROOT,
              "%s: it has %d lines, %s has %d",
              lines.size() < sentences ? "the line is missing" : "the line has no sentence",
              lines.size(),
              WORDS,
              sentences));
    }
  }

  private static List<String> split(String line) {
    return BLANKS.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
  }

  private List<String> required(String name) {
    if (!Files.isRegularFile(file(name))) {
      throw problem(
          name,
          0,
          String.format(
              Locale.ROOT,
              "it is not there, expected in a folder are %s, %s and %s",
              WORDS,
              TAGS,
              INTENTS));
    }
    List<String> all = new ArrayList<>();
    try (TextLines lines = TextLines.open(file(name))) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private DataFormatException problem(String name, int line, String what) {
    return new DataFormatException(file(name).toString(), line, what);
  }
}
