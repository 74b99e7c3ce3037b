package albert.datasets.choice;

import albert.evaluation.record.JsonPlace;
import albert.evaluation.record.RecordFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * DREAM's official files (aclanthology.org/Q19-1014): a JSON list of dialogues, each a list of its
 * turns, its questions and its id. A question is an object with {@code question}, {@code choice} (a
 * list) and {@code answer}, the text of the right choice. The passage is the dialogue, a line a
 * turn. A question is called by its dialogue's id and its number there: {@code 14-349-1}.
 */
final class DreamFile {
  private static final int TURNS = 0;
  private static final int QUESTIONS = 1;
  private static final int ID = 2;

  private DreamFile() {}

  /**
   * Reads a file.
   *
   * @throws RecordFormatException with the line where a dialogue begins, if it is malformed
   */
  static void read(Path file, QuestionList questions) throws IOException {
    JsonPlace.readList(file, "dialogue", dialogue -> readDialogue(dialogue, questions));
  }

  private static void readDialogue(JsonPlace dialogue, QuestionList list)
      throws RecordFormatException {
    List<JsonPlace> parts = dialogue.list();
    if (parts.size() != ID + 1) {
      throw dialogue.wrong(
          String.format(
              Locale.ROOT,
              "it has %d parts, expected are 3: its turns, its questions and its id",
              parts.size()));
    }
    String passage = String.join("\n", parts.get(TURNS).texts());
    if (passage.isBlank()) {
      throw dialogue.wrong("the dialogue is empty");
    }
    String id = parts.get(ID).text();
    int number = 0;
    for (JsonPlace question : parts.get(QUESTIONS).list()) {
      String name = id + "-" + ++number;
      List<String> choices = question.at("choice").texts();
      String answer = question.text("answer");
      try {
        list.add(
            dialogue.file(),
            new ChoiceQuestion(
                name, "", passage, question.text("question"), choices, index(answer, choices)));
      } catch (IllegalArgumentException e) {
        throw dialogue.wrong("question " + name + ": " + e.getMessage());
      }
    }
  }

  /** The index of a text among the choices; without choices their number is the fault. */
  private static int index(String answer, List<String> choices) {
    int index = choices.indexOf(answer);
    if (!choices.isEmpty() && (index < 0 || index != choices.lastIndexOf(answer))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the answer is '%s', which is %s of the choices '%s'",
              answer,
              index < 0 ? "none" : "more than one",
              String.join("', '", choices)));
    }
    return index;
  }
}
