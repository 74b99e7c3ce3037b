package albert.datasets.summary;

import albert.datasets.DataFormatException;
import albert.datasets.TextLines;
import albert.datasets.task.SplitName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the stories of each part are: in folders {@code train}, {@code dev} or {@code val}, and
 * {@code test}; or, as they are published, in {@code cnn/stories} and {@code dailymail/stories},
 * named after the SHA-1 of their addresses, which {@code all_train.txt}, {@code all_val.txt} and
 * {@code all_test.txt} list (abisee/cnn-dailymail).
 *
 * @param parts what is there, at least one
 */
record StoryFolder(Map<SplitName, Path> parts) {
  private static final Logger LOG = LoggerFactory.getLogger(StoryFolder.class);

  private static final Map<SplitName, List<String>> NAMES =
      new EnumMap<>(
          Map.of(
              SplitName.TRAIN, List.of("train", "all_train.txt"),
              SplitName.DEV, List.of("dev", "val", "all_val.txt"),
              SplitName.TEST, List.of("test", "all_test.txt")));

  private static final List<String> PUBLISHED = List.of("cnn/stories", "dailymail/stories");

  /** Looks for the parts in a folder; nothing if there is none. */
  static Optional<StoryFolder> find(Path folder) {
    Map<SplitName, Path> parts = new EnumMap<>(SplitName.class);
    NAMES.forEach(
        (split, names) ->
            names.stream()
                .map(folder::resolve)
                .filter(path -> path.toString().endsWith(".txt") || Files.isDirectory(path))
                .filter(Files::exists)
                .findFirst()
                .ifPresent(path -> parts.put(split, path)));
    return parts.isEmpty() ? Optional.empty() : Optional.of(new StoryFolder(parts));
  }

  /** Reads every part. */
  Map<SplitName, List<SummaryDocument>> read() {
    Map<SplitName, List<SummaryDocument>> splits = new EnumMap<>(SplitName.class);
    parts.forEach((split, part) -> splits.put(split, read(part)));
    return splits;
  }

  /**
   * The stories of a part, at least one: those of a folder by their names, those of a list in its
   * order. Stories without a text are left out, as the published readers do, and counted in a
   * warning.
   *
   * @param part a folder of stories, or a list of addresses beside the published folders
   * @throws DataFormatException if there is no story, one is malformed or one of the list missing
   * @throws UncheckedIOException if something can't be read
   */
  static List<SummaryDocument> read(Path part) {
    List<Path> files;
    try {
      files = Files.isDirectory(part) ? inFolder(part) : listed(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<SummaryDocument> documents =
        files.parallelStream().map(StoryFile::read).flatMap(Optional::stream).toList();
    if (documents.isEmpty()) {
      throw new DataFormatException(
          part.toString(), "there is no story with a text in it, expected are *.story files");
    }
    if (documents.size() < files.size()) {
      LOG.warn(
          "{}: {} of {} stories have no text and are left out",
          part,
          files.size() - documents.size(),
          files.size());
    }
    return documents;
  }

  private static List<Path> inFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(StoryFile.EXTENSION)).sorted().toList();
    }
  }

  private static List<Path> listed(Path list) throws IOException {
    List<Path> files = new ArrayList<>();
    try (TextLines lines = TextLines.open(list)) {
      long number = 1;
      for (String line = lines.next(); line != null; line = lines.next(), number++) {
        String name = sha1(line.strip()) + StoryFile.EXTENSION;
        Optional<Path> found =
            PUBLISHED.stream()
                .map(folder -> list.resolveSibling(folder).resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
        files.add(found.orElseThrow(missing(list, number, name)));
      }
    }
    return files;
  }

  private static java.util.function.Supplier<DataFormatException> missing(
      Path list, long line, String name) {
    return () ->
        new DataFormatException(
            list.toString(),
            line,
            String.format(
                Locale.ROOT,
                "its story %s is in none of %s beside the list",
                name,
                String.join(", ", PUBLISHED)));
  }

  private static String sha1(String address) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(address.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
