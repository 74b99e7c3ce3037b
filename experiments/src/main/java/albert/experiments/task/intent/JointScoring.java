package albert.experiments.task.intent;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.entity.ConllFile;
import albert.datasets.intent.IntentFiles;
import albert.datasets.intent.IntentSentence;
import albert.datasets.task.Task;
import albert.experiments.InputException;
import albert.experiments.task.intent.JointFigures.Frame;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.ScoredFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scores JSON lines of intents and tags against a folder of the data set. */
final class JointScoring {
  private static final String NEEDED = "{\"label\": …, \"tags\": [\"…\"]}";

  private JointScoring() {}

  /**
   * Scores predictions.
   *
   * @throws DataFormatException with file and line, if a file is malformed or they do not fit each
   *     other
   * @throws InputException if one is not there
   * @throws java.io.UncheckedIOException if one can't be read
   */
  static OfficialScores score(Task<IntentSentence> task, ScoredFiles files) {
    List<IntentSentence> gold = gold(files.gold());
    List<JsonLine> lines = PredictionLines.read(files.predictions(), NEEDED);
    if (lines.size() != gold.size()) {
      throw new DataFormatException(
          files.predictions().toString(),
          String.format(
              Locale.ROOT,
              "it has %d lines, %s has %d sentences",
              lines.size(),
              files.gold(),
              gold.size()));
    }
    List<Frame> right = new ArrayList<>();
    List<Frame> given = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      IntentSentence sentence = gold.get(i);
      right.add(new Frame(sentence.knownIntent(), sentence.sentence().tags()));
      given.add(frame(lines.get(i), sentence));
    }
    return OfficialScores.of(
        task.id(), right.size(), JointFigures.of(right, given), OfficialScores.OF_FILES);
  }

  private static List<IntentSentence> gold(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--gold %s is no folder, needed is one with seq.in, seq.out and label",
              folder));
    }
    return new IntentFiles(folder).read();
  }

  private static Frame frame(JsonLine line, IntentSentence gold) {
    List<String> given = line.texts("tags");
    for (String tag : given) {
      if (!ConllFile.isTag(tag)) {
        throw line.problem("tags has '" + tag + "', which is neither O nor of the form B-TYPE");
      }
    }
    int words = gold.sentence().words().size();
    if (given.size() != words) {
      throw line.problem(
          String.format(
              Locale.ROOT,
              "it has %d tags, sentence %s of the gold folder has %d words",
              given.size(),
              gold.id(),
              words));
    }
    return new Frame(PredictionLines.text(line, "prediction", "label"), given);
  }
}
