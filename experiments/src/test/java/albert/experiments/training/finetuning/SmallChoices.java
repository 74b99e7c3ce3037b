package albert.experiments.training.finetuning;

import albert.datasets.choice.ChoiceQuestion;
import albert.datasets.choice.ChoiceTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.evaluation.record.DataFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Questions whose right choice is the one that names something of nature, the others being made by
 * people. Of dev, passages and choices are others than in training.
 */
public final class SmallChoices {
  private static final List<String> RIGHT =
      List.of("river", "stone", "winter", "island", "horse", "light");
  private static final List<String> WRONG =
      List.of("paper", "glass", "bridge", "castle", "market", "letter", "music", "garden");

  private SmallChoices() {}

  /** So many questions for training and as many for dev. */
  static TaskData<ChoiceQuestion> of(ChoiceTask task, int count, int choices) {
    return new TaskData<>(
        task,
        Map.of(
            SplitName.TRAIN,
            questions(count, choices, 7),
            SplitName.DEV,
            questions(count, choices, 8)),
        List.of(),
        DataFingerprint.of(task.id(), "0".repeat(64), Map.of(), "drawn"));
  }

  /** Questions with passages of 1 to 5 words. */
  public static List<ChoiceQuestion> questions(int count, int choices, long seed) {
    Random random = new Random(seed);
    List<ChoiceQuestion> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> texts = new ArrayList<>();
      for (int choice = 0; choice < choices; choice++) {
        texts.add("a " + any(WRONG, random));
      }
      int answer = random.nextInt(choices);
      texts.set(answer, "a " + any(RIGHT, random));
      String passage = (any(WRONG, random) + " ").repeat(1 + random.nextInt(5)).strip();
      questions.add(new ChoiceQuestion("q" + i, "", passage, "it is _ .", texts, answer));
    }
    return questions;
  }

  private static String any(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }
}
