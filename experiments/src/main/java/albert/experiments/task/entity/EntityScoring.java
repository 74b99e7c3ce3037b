package albert.experiments.task.entity;

import albert.datasets.DataFormatException;
import albert.datasets.entity.ConllFile;
import albert.datasets.entity.TaggedSentence;
import albert.datasets.task.Task;
import albert.experiments.task.kind.OfficialScores;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Scores a file of tags against another; the words may be written otherwise. */
final class EntityScoring {
  private EntityScoring() {}

  /**
   * Scores predictions.
   *
   * @throws DataFormatException with file and line, if a file is malformed or they do not fit each
   *     other
   * @throws java.io.UncheckedIOException if one can't be read
   */
  static OfficialScores score(Task<TaggedSentence> task, Path gold, Path predictions) {
    ConllFile right = ConllFile.read(gold);
    ConllFile given = ConllFile.read(predictions);
    requireFit(right, given);
    return OfficialScores.of(
        task.id(),
        right.sentences().size(),
        EntityFigures.of(tags(right), tags(given), List.of()),
        OfficialScores.OF_FILES);
  }

  private static List<List<String>> tags(ConllFile file) {
    return file.sentences().stream().map(ConllFile.Sentence::tags).toList();
  }

  private static void requireFit(ConllFile gold, ConllFile given) {
    int common = Math.min(gold.sentences().size(), given.sentences().size());
    for (int i = 0; i < common; i++) {
      ConllFile.Sentence right = gold.sentences().get(i);
      ConllFile.Sentence other = given.sentences().get(i);
      if (right.words().size() != other.words().size()) {
        throw new DataFormatException(
            given.path().toString(),
            other.line(),
            String.format(
                Locale.ROOT,
                "sentence %d has %d words, that of %s, line %d, has %d",
                i + 1,
                other.words().size(),
                gold.path(),
                right.line(),
                right.words().size()));
      }
    }
    if (gold.sentences().size() != given.sentences().size()) {
      throw new DataFormatException(
          given.path().toString(),
          String.format(
              Locale.ROOT,
              "it has %d sentences, %s has %d",
              given.sentences().size(),
              gold.path(),
              gold.sentences().size()));
    }
  }
}
