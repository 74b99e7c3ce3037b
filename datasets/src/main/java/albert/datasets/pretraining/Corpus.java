package albert.datasets.pretraining;

import albert.datasets.DataFormatException;
import albert.datasets.TextLines;
import albert.evaluation.record.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Raw text: the files of a folder and its sub-folders in the order of their paths, or one file.
 * Those whose name begins with a dot are left out, and so are empty ones.
 *
 * @param root the folder or file
 * @param files not empty
 * @param format how they are cut
 */
public record Corpus(Path root, List<Path> files, CorpusFormat format) {
  private static final int LINES_LOOKED_AT = 1_000;
  private static final double PROSE_SHARE = 0.1;

  /** Hears of the sentences of a corpus in order. */
  interface Listener {
    /** A sentence of the document that is open. */
    void sentence(String text) throws IOException;

    /** The document ends; it may have had no sentence. */
    void documentEnds() throws IOException;
  }

  /** Copies the list. */
  public Corpus {
    files = List.copyOf(files);
  }

  /**
   * Finds the files.
   *
   * @throws DataFormatException if there is none
   * @throws IOException if the folder can't be read
   */
  public static Corpus of(Path root, CorpusFormat format) throws IOException {
    if (!Files.exists(root)) {
      throw new DataFormatException(root.toString(), "there is no such folder or file");
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
        boolean hidden = !path.equals(root) && path.getFileName().toString().startsWith(".");
        if (!hidden && Files.isRegularFile(path) && Files.size(path) > 0) {
          files.add(path);
        }
      }
    }
    if (files.isEmpty()) {
      throw new DataFormatException(
          root.toString(), "the corpus is empty: there is no file with text in it");
    }
    return new Corpus(root, files, format);
  }

  /** SHA-256 over the format, and every file's relative path and bytes. */
  public String sha256() throws IOException {
    MessageDigest digest = Sha256.digest();
    digest.update(format.name().getBytes(StandardCharsets.UTF_8));
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (Path file : files) {
        out.write(
            ("\n" + root.relativize(file) + "\n" + Files.size(file) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(file)) {
          in.transferTo(out);
        }
      }
    }
    return Sha256.hex(digest);
  }

  /**
   * Reads everything once, front to back.
   *
   * @throws DataFormatException if a file is not UTF-8 text
   */
  void read(Listener listener) throws IOException {
    for (Path file : files) {
      boolean prose = format == CorpusFormat.AUTO ? isProse(file) : format == CorpusFormat.PROSE;
      try (TextLines lines = TextLines.open(file)) {
        if (prose) {
          readProse(lines, listener);
        } else {
          readSentences(lines, listener);
        }
      }
      listener.documentEnds();
    }
  }

  private static void readSentences(TextLines lines, Listener listener) throws IOException {
    for (@Nullable String line = lines.next(); line != null; line = lines.next()) {
      String text = line.strip();
      if (text.isEmpty()) {
        listener.documentEnds();
      } else {
        listener.sentence(text);
      }
    }
  }

  private static void readProse(TextLines lines, Listener listener) throws IOException {
    StringBuilder paragraph = new StringBuilder();
    for (@Nullable String line = lines.next(); line != null; line = lines.next()) {
      String text = line.strip();
      if (!text.isEmpty()) {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(text);
      }
      if (text.isEmpty() || paragraph.length() > 1 << 16) {
        emit(paragraph, text.isEmpty(), listener);
      }
    }
    emit(paragraph, true, listener);
  }

  /** Hands on the sentences of a paragraph, all but the last where the paragraph goes on. */
  private static void emit(StringBuilder paragraph, boolean ends, Listener listener)
      throws IOException {
    List<String> sentences = SentenceSplitter.split(paragraph.toString());
    int whole = ends ? sentences.size() : Math.max(1, sentences.size() - 1);
    for (String sentence : sentences.subList(0, Math.min(whole, sentences.size()))) {
      listener.sentence(sentence);
    }
    paragraph.setLength(0);
    if (whole < sentences.size()) {
      paragraph.append(sentences.get(whole));
    }
  }

  private static boolean isProse(Path file) throws IOException {
    int seen = 0;
    int inner = 0;
    try (TextLines lines = TextLines.open(file)) {
      for (@Nullable String line = lines.next();
          line != null && seen < LINES_LOOKED_AT;
          line = lines.next()) {
        if (!line.isBlank()) {
          seen++;
          inner += SentenceSplitter.hasInnerEnd(line) ? 1 : 0;
        }
      }
    }
    return inner > PROSE_SHARE * seen;
  }
}
