package albert.datasets.entity;

import albert.datasets.DataFormatException;
import albert.datasets.TextLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Sentences in a file of CoNLL's layout (CoNLL-2003, aclanthology.org/W03-0419): a word a line, the
 * word first and its tag last, with any columns between them.
 *
 * <p>Spaces and tabs separate columns, as many as there are; those at the ends of a line are none.
 * Every other character belongs to the word, also what a program may not show (a no-break space, a
 * zero-width space, as in WNUT-17) or take for a line's end. A line without a column ends a
 * sentence, and so does one that begins with {@code -DOCSTART-}, which is no word. A tag is {@code
 * O}, or {@code B-}, {@code I-}, {@code E-}, {@code S-}, {@code L-} or {@code U-} and a type.
 *
 * @param path where it is
 * @param sentences at least one
 */
public record ConllFile(Path path, List<Sentence> sentences) {
  /** The tag of a word in no entity. */
  public static final String OUTSIDE = "O";

  private static final Pattern COLUMN_END = Pattern.compile("[ \t]+");
  private static final Pattern TAG = Pattern.compile("O|[BIESLU]-.+", Pattern.DOTALL);
  private static final String DOCUMENT = "-DOCSTART-";

  /** Copies the list. */
  public ConllFile {
    sentences = List.copyOf(sentences);
  }

  /**
   * Words in a row, each in its line.
   *
   * @param line of the first word, from 1
   * @param words at least one
   * @param tags one a word
   */
  public record Sentence(long line, List<String> words, List<String> tags) {}

  /** Whether a text says that a word is in an entity or in none. */
  public static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  /**
   * Reads a file.
   *
   * @throws DataFormatException with file and line: a line with one column, a tag that is none; or
   *     there is no sentence
   * @throws UncheckedIOException if it can't be read
   */
  public static ConllFile read(Path path) {
    List<Sentence> sentences = new ArrayList<>();
    try (TextLines lines = TextLines.open(path)) {
      Sentence current = new Sentence(1, new ArrayList<>(), new ArrayList<>());
      long number = 1;
      for (String line = lines.next(); line != null; line = lines.next(), number++) {
        List<String> columns =
            COLUMN_END.splitAsStream(line).filter(column -> !column.isEmpty()).toList();
        if (columns.isEmpty() || columns.get(0).equals(DOCUMENT)) {
          current = ended(sentences, current, number + 1);
        } else {
          current.tags.add(tag(path, number, columns));
          current.words.add(columns.get(0));
        }
      }
      ended(sentences, current, number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (sentences.isEmpty()) {
      throw new DataFormatException(
          path.toString(), "there is no sentence in it, expected is a word and its tag a line");
    }
    return new ConllFile(path, sentences);
  }

  private static Sentence ended(List<Sentence> sentences, Sentence current, long nextLine) {
    if (!current.words.isEmpty()) {
      sentences.add(
          new Sentence(current.line, List.copyOf(current.words), List.copyOf(current.tags)));
    }
    return new Sentence(nextLine, new ArrayList<>(), new ArrayList<>());
  }

  private static String tag(Path path, long line, List<String> columns) {
    if (columns.size() == 1) {
      throw new DataFormatException(
          path.toString(), line, "it has 1 column, expected are a word and its tag");
    }
    String tag = columns.get(columns.size() - 1);
    if (!isTag(tag)) {
      throw new DataFormatException(
          path.toString(),
          line,
          String.format(
              Locale.ROOT,
              "the last column is '%s', allowed are O, and B-, I-, E-, S-, L- or U- with a type",
              tag));
    }
    return tag;
  }

  /** Every tag that occurs, in their order; a set for the caller. */
  public Set<String> tags() {
    Set<String> tags = new TreeSet<>();
    sentences.forEach(sentence -> tags.addAll(sentence.tags));
    return tags;
  }

  /**
   * Sees that there is no tag that another file lacks.
   *
   * @throws DataFormatException if there is, with the line of the first and all of them
   */
  void requireTagsOf(ConllFile train) {
    Set<String> unknown = tags();
    unknown.removeAll(train.tags());
    if (unknown.isEmpty()) {
      return;
    }
    Sentence first =
        sentences.stream()
            .filter(sentence -> sentence.tags.stream().anyMatch(unknown::contains))
            .findFirst()
            .orElseThrow();
    long before = first.tags.stream().takeWhile(tag -> !unknown.contains(tag)).count();
    throw new DataFormatException(
        path.toString(),
        first.line + before,
        String.format(
            Locale.ROOT,
            "%s has no word with the tag%s %s, so that no model can learn %s",
            train.path,
            unknown.size() == 1 ? "" : "s",
            String.join(", ", unknown),
            unknown.size() == 1 ? "it" : "them"));
  }
}
