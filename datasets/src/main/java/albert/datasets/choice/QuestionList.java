package albert.datasets.choice;

import albert.datasets.DataFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The questions of a part of a data set, as its files are read. */
final class QuestionList {
  private final List<ChoiceQuestion> questions = new ArrayList<>();
  private final Map<String, Path> files = new HashMap<>();

  /**
   * Adds a question.
   *
   * @param file that it is in
   * @throws DataFormatException if there is one with its id
   */
  void add(Path file, ChoiceQuestion question) {
    Path other = files.putIfAbsent(question.id(), file);
    if (other != null) {
      throw new DataFormatException(
          file.toString(),
          String.format(
              Locale.ROOT,
              "two questions have the id %s, the other one is in %s",
              question.id(),
              other));
    }
    questions.add(question);
  }

  /** All of them, in the order of the files. */
  List<ChoiceQuestion> all() {
    return List.copyOf(questions);
  }

  /**
   * Sees that all have as many choices as the first, so that batches of a training can have all
   * choices of a question.
   *
   * @throws DataFormatException with the first that has another number
   */
  void requireEqualChoices() {
    ChoiceQuestion first = questions.get(0);
    for (ChoiceQuestion question : questions) {
      if (question.choices().size() != first.choices().size()) {
        throw new DataFormatException(
            String.valueOf(files.get(question.id())),
            String.format(
                Locale.ROOT,
                "question %s has %d choices, question %s before it has %d; to be trained on, all"
                    + " need the same number",
                question.id(),
                question.choices().size(),
                first.id(),
                first.choices().size()));
      }
    }
  }
}
