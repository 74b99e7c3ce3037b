package albert.experiments.search;

import albert.datasets.baseline.Bm25;
import albert.datasets.span.ParagraphRetrieval;
import albert.datasets.span.SquadTask;
import albert.evaluation.metric.Ranking;
import albert.evaluation.metric.RetrievalScores;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.References;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * SQuAD by retrieval: each question has to find its paragraph among those of the whole dev set. The
 * reference is BM25.
 *
 * @param set questions and paragraphs
 */
record RetrievalTask(ParagraphRetrieval set) implements EmbeddingTask {
  private static final String BM25 = "BM25";

  @Override
  public int texts() {
    return set.paragraphs().size() + set.questions().size();
  }

  @Override
  public Result score(Vectors vectors, String protocol) throws IOException {
    FloatTensor paragraphs = vectors.of(set.paragraphs());
    FloatTensor questions = vectors.of(set.questions());
    int[] ranks = new int[set.questions().size()];
    CosineSimilarity.forEach(
        questions,
        paragraphs,
        (question, cosines) ->
            ranks[question] = Ranking.rank(i -> cosines[i], cosines.length, right(question)));
    return new Result(scores(ranks, protocol), BM25, scores(wordRanks(), References.PROTOCOL));
  }

  private int right(int question) {
    return set.right().get(question);
  }

  private int[] wordRanks() {
    Bm25 words = new Bm25(set.paragraphs());
    return IntStream.range(0, set.questions().size())
        .parallel()
        .map(
            question -> {
              double[] scores = words.scores(set.questions().get(question));
              return Ranking.rank(i -> scores[i], scores.length, right(question));
            })
        .toArray();
  }

  private OfficialScores scores(int[] ranks, String protocol) {
    return OfficialScores.of(
        SquadTask.V1_1.id(),
        ranks.length,
        RetrievalScores.of(ranks),
        String.format(Locale.ROOT, "%s, among %d paragraphs", protocol, set.paragraphs().size()));
  }
}
