package albert.datasets.choice;

import albert.evaluation.record.JsonPlace;
import albert.evaluation.record.RecordFormatException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * RACE's official files (aclanthology.org/D17-1082): for each part of the data a folder {@code
 * middle} and a folder {@code high}, in these an article a file, {@code 1234.txt}: a JSON object
 * with {@code id}, {@code article}, and the lists {@code questions}, {@code options} (a list each)
 * and {@code answers} (a letter each, {@code A} is the first option).
 *
 * <p>A question is called by its article's id and its number there: {@code high1234.txt-1}. The
 * levels are read in the order above, the files of one by name.
 */
final class RaceFiles {
  /** The two schools that the questions are from. */
  static final List<String> LEVELS = List.of("middle", "high");

  private RaceFiles() {}

  /** Whether a path is a part of the data: a folder with a folder of one level at least. */
  static boolean isPart(Path path) {
    return LEVELS.stream().anyMatch(level -> Files.isDirectory(path.resolve(level)));
  }

  /**
   * Reads a part of the data, the folder of one level, or one file.
   *
   * @throws RecordFormatException naming the file, if one is malformed
   */
  static void read(Path path, QuestionList questions) throws IOException {
    if (!Files.isDirectory(path)) {
      Path folder = path.toAbsolutePath().getParent();
      readArticle(path, level(folder), questions);
    } else if (isPart(path)) {
      for (String level : LEVELS) {
        if (Files.isDirectory(path.resolve(level))) {
          readLevel(path.resolve(level), questions);
        }
      }
    } else {
      readLevel(path, questions);
    }
  }

  private static String level(@org.jspecify.annotations.Nullable Path folder) {
    String name = folder == null ? "" : String.valueOf(folder.getFileName());
    return LEVELS.contains(name) ? name : "";
  }

  private static void readLevel(Path folder, QuestionList questions) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "[!.]*.txt")) {
      all.forEach(files::add);
    }
    if (files.isEmpty()) {
      throw new RecordFormatException(folder, 0, "there is no file *.txt in it", null);
    }
    Collections.sort(files);
    for (Path file : files) {
      readArticle(file, level(folder.toAbsolutePath()), questions);
    }
  }

  private static void readArticle(Path file, String level, QuestionList list) throws IOException {
    JsonPlace article = JsonPlace.read(file);
    String id = article.text("id");
    String passage = article.text("article");
    if (passage.isBlank()) {
      throw article.wrong("the article is empty");
    }
    List<String> questions = article.at("questions").texts();
    List<JsonPlace> options = article.list("options");
    List<String> answers = article.at("answers").texts();
    if (questions.size() != options.size() || questions.size() != answers.size()) {
      throw article.wrong(
          String.format(
              Locale.ROOT,
              "it has %d questions, %d lists of options and %d answers, expected is one of each a"
                  + " question",
              questions.size(),
              options.size(),
              answers.size()));
    }
    for (int i = 0; i < questions.size(); i++) {
      String name = id + "-" + (i + 1);
      List<String> choices = options.get(i).texts();
      try {
        int answer = answer(answers.get(i), choices.size());
        list.add(file, new ChoiceQuestion(name, level, passage, questions.get(i), choices, answer));
      } catch (IllegalArgumentException e) {
        throw article.wrong("question " + name + ": " + e.getMessage());
      }
    }
  }

  /** The index that a letter stands for; without choices their number is the fault. */
  private static int answer(String letter, int choices) {
    int answer = letter.length() == 1 ? letter.charAt(0) - 'A' : -1;
    if (choices > 0 && (answer < 0 || answer >= choices)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the answer is '%s', allowed are A to %c",
              letter,
              (char) ('A' + choices - 1)));
    }
    return answer;
  }
}
