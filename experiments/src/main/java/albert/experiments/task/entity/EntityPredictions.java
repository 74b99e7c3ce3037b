package albert.experiments.task.entity;

import albert.datasets.entity.ConllFile;
import albert.datasets.entity.TaggedSentence;
import albert.datasets.task.Task;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.Score;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Tags of sentences, scored as conlleval and seqeval do. The number of examples is that of
 * sentences.
 *
 * @param task whose they are
 * @param labels every tag there is
 * @param sentences what was tagged
 * @param tags of each sentence, one a word
 */
record EntityPredictions(
    Task<TaggedSentence> task,
    List<String> labels,
    List<TaggedSentence> sentences,
    List<List<String>> tags)
    implements Predictions {

  @Override
  public List<String> ids() {
    return Predictions.ids(sentences);
  }

  @Override
  public List<Score> scores(IntPredicate which, String split, String protocol) {
    List<List<String>> gold = new ArrayList<>();
    List<List<String>> given = new ArrayList<>();
    for (int row : Predictions.labelled(sentences, which)) {
      gold.add(sentences.get(row).tags());
      given.add(tags.get(row));
    }
    if (gold.isEmpty()) {
      return List.of(
          Score.absent(task.id(), task.metric(), split, "there are no sentences", 0, protocol));
    }
    return Predictions.scores(
        EntityFigures.of(gold, given, EntityFigures.types(labels)),
        task.id(),
        gold.size(),
        split,
        protocol);
  }

  @Override
  public Optional<String> note() {
    return tags.stream().flatMap(List::stream).allMatch(ConllFile.OUTSIDE::equals)
        ? Optional.of("find no entity in dev: every tag is O")
        : Optional.empty();
  }

  /**
   * A file {@code PART.jsonl}, a line a sentence with {@code id}, {@code words}, {@code prediction}
   * and, where they are known, {@code label}, both a list of tags; and {@code PART.conll}, a line a
   * word with its tag and the predicted one, as {@code conlleval} reads them.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    PredictionLines.write(folder, part, sentences.size(), this::line);
    StringBuilder conll = new StringBuilder();
    for (int row = 0; row < sentences.size(); row++) {
      TaggedSentence sentence = sentences.get(row);
      for (int i = 0; i < sentence.words().size(); i++) {
        conll.append(sentence.words().get(i)).append(' ');
        if (sentence.hasLabel()) {
          conll.append(sentence.tags().get(i)).append(' ');
        }
        conll.append(tags.get(row).get(i)).append('\n');
      }
      conll.append('\n');
    }
    AtomicFiles.writeText(folder.resolve(part + ".conll"), conll.toString());
  }

  private Map<String, Object> line(int row) {
    TaggedSentence sentence = sentences.get(row);
    Map<String, Object> line = new TreeMap<>();
    line.put("id", sentence.id());
    line.put("words", sentence.words());
    line.put("prediction", tags.get(row));
    if (sentence.hasLabel()) {
      line.put("label", sentence.tags());
    }
    return line;
  }
}
