package albert.experiments.run;

import albert.datasets.squad.SpanAnswer;
import albert.datasets.squad.SpanExample;
import albert.datasets.squad.SquadTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.evaluation.record.DataFingerprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Texts of random words with questions whose answers are random spans: to be learnt by heart. */
final class SmallQuestions {

  private static final List<String> WORDS =
      List.of(
          "river", "stone", "music", "green", "seven", "north", "paper", "glass", "horse", "light",
          "winter", "garden", "silver", "market", "bridge", "castle", "doctor", "summer", "letter",
          "island");

  private SmallQuestions() {}

  /**
   * Questions; where the task has such, one in four has no answer.
   *
   * @param length words of each text
   */
  static TaskData<SpanExample> of(SquadTask task, int count, int length) {
    Random random = new Random(7);
    List<SpanExample> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      for (int word = 0; word < length; word++) {
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      List<String> asked = new ArrayList<>(WORDS);
      Collections.shuffle(asked, random);
      int from = random.nextInt(length - 1);
      String text = String.join(" ", words.subList(from, from + 1 + random.nextInt(2)));
      int start = from == 0 ? 0 : String.join(" ", words.subList(0, from)).length() + 1;
      boolean none = task.hasUnanswerable() && i % 4 == 0;
      examples.add(
          new SpanExample(
              "q" + i,
              "article " + i % 3,
              String.join(" ", asked.subList(0, 3)),
              String.join(" ", words),
              none ? List.of() : List.of(new SpanAnswer(text, start))));
    }
    return new TaskData<>(
        task,
        Map.of(SplitName.TRAIN, examples, SplitName.DEV, examples),
        List.of(),
        DataFingerprint.of(task.id(), "0".repeat(64), Map.of(), "drawn"));
  }
}
