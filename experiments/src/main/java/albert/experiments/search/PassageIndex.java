package albert.experiments.search;

import albert.evaluation.metric.Ranking;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Passages with their vectors.
 *
 * @param passages at least one
 * @param vectors float32 [passages, H], of length 1
 */
public record PassageIndex(List<Passage> passages, FloatTensor vectors) {

  /** Copies the list. */
  public PassageIndex {
    passages = List.copyOf(passages);
  }

  /**
   * A passage that was found.
   *
   * @param rank from 1
   * @param score the cosine of its vector and the query's, -1 to 1
   * @param passage what was found
   */
  public record Found(int rank, float score, Passage passage) {}

  /**
   * The most similar passages of each query, the most similar first; of equally similar ones the
   * first in the file.
   *
   * @param queries float32 [queries, H], of length 1
   * @param top how many, at least 1; all where there are fewer
   */
  public List<List<Found>> search(FloatTensor queries, int top) {
    List<List<Found>> found = new ArrayList<>();
    CosineSimilarity.forEach(queries, vectors, (query, cosines) -> found.add(best(cosines, top)));
    return found;
  }

  private List<Found> best(float[] cosines, int top) {
    List<Found> found = new ArrayList<>();
    for (int index : Ranking.best(cosines, 0, cosines.length, top)) {
      // rounding may leave the cosine of a vector with itself above 1
      float score = Math.max(-1, Math.min(1, cosines[index]));
      found.add(new Found(found.size() + 1, score, passages.get(index)));
    }
    return found;
  }
}
