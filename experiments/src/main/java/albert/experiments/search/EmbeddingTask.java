package albert.experiments.search;

import albert.datasets.span.ParagraphRetrieval;
import albert.datasets.span.SquadTask;
import albert.datasets.task.SplitName;
import albert.datasets.text.GlueTask;
import albert.experiments.InputException;
import albert.experiments.config.NearestName;
import albert.experiments.task.kind.OfficialScores;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A dev set that embeddings are scored on without any training. */
public interface EmbeddingTask {
  /** Texts to vectors of length 1. */
  @FunctionalInterface
  interface Vectors {
    /** The vectors of texts, in their order: float32 [texts, H]. */
    FloatTensor of(List<String> texts) throws IOException;
  }

  /**
   * What they are worth.
   *
   * @param scores of the embeddings
   * @param reference the name of a method without a model
   * @param referenceScores its scores for the same examples
   */
  record Result(OfficialScores scores, String reference, OfficialScores referenceScores) {}

  /** Every task that there is. */
  static List<String> ids() {
    return List.of(GlueTask.STS_B.id(), SquadTask.V1_1.id());
  }

  /**
   * Reads a task's dev set.
   *
   * @param data the folder of the data sets, or the task's own
   * @throws InputException if there is no such task
   * @throws albert.datasets.DataFormatException if data is missing or malformed
   */
  static EmbeddingTask read(String id, Path data) {
    if (id.equals(GlueTask.STS_B.id())) {
      return new SimilarityTask(GlueTask.STS_B.read(data).examples(SplitName.DEV));
    }
    if (id.equals(SquadTask.V1_1.id())) {
      return new RetrievalTask(
          ParagraphRetrieval.of(SquadTask.V1_1.read(data).examples(SplitName.DEV)));
    }
    throw new InputException(
        String.format(
            Locale.ROOT,
            "--task is '%s'%s, allowed are %s",
            id,
            NearestName.hint(id, ids()),
            String.join(", ", ids())));
  }

  /** How many texts have to be embedded. */
  int texts();

  /**
   * Scores.
   *
   * @param protocol how the vectors are made, in words
   */
  Result score(Vectors vectors, String protocol) throws IOException;
}
