package albert.experiments.training.finetuning;

import albert.datasets.summary.SummaryDocument;
import albert.datasets.summary.SummaryTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.evaluation.record.DataFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents of random words, of which the sentence that begins with "found" is the summary. */
final class SmallDocuments {

  private static final List<String> WORDS =
      List.of("river", "stone", "music", "green", "seven", "north", "paper", "glass", "horse");

  private SmallDocuments() {}

  /** Documents of 3 to 5 sentences, some of which repeat words; CNN/DailyMail says no labels. */
  private static List<SummaryDocument> of(SummaryTask task, int count) {
    Random random = new Random(1);
    List<SummaryDocument> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = 3 + random.nextInt(3);
      int right = random.nextInt(size);
      List<String> sentences = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      String words = "";
      for (int sentence = 0; sentence < size; sentence++) {
        words = sentence == 1 ? words : words(random, 3 + random.nextInt(3));
        sentences.add(sentence == right ? "found " + words : words);
        labels.add(sentence == right ? 1 : 0);
      }
      documents.add(
          new SummaryDocument(
              "d" + i,
              null,
              sentences,
              task == SummaryTask.SCITLDR ? labels : List.of(),
              List.of(sentences.get(right))));
    }
    return documents;
  }

  private static String words(Random random, int count) {
    List<String> words = new ArrayList<>();
    for (int word = 0; word < count; word++) {
      words.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return String.join(" ", words);
  }

  /** Documents that are both learnt from and scored. */
  static TaskData<SummaryDocument> data(SummaryTask task, int count) {
    List<SummaryDocument> documents = of(task, count);
    return new TaskData<>(
        task,
        Map.of(SplitName.TRAIN, documents, SplitName.DEV, documents),
        List.of(),
        DataFingerprint.of(task.id(), "0".repeat(64), Map.of(), "drawn"));
  }
}
