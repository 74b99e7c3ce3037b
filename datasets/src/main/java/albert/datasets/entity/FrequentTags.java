package albert.datasets.entity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A baseline without a model: every word has the tag that it has most often in training, an unknown
 * one {@code O}. Of tags that are equally frequent it is the first by name.
 *
 * @param byWord the most frequent tag of each word, as it is written
 */
public record FrequentTags(Map<String, String> byWord) {
  /** Copies the map. */
  public FrequentTags {
    byWord = Map.copyOf(byWord);
  }

  /** Counts the tags of the words. */
  public static FrequentTags train(List<TaggedSentence> sentences) {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (TaggedSentence sentence : sentences) {
      for (int i = 0; i < sentence.words().size(); i++) {
        counts
            .computeIfAbsent(sentence.words().get(i), word -> new TreeMap<>())
            .merge(sentence.tags().get(i), 1, Integer::sum);
      }
    }
    Map<String, String> byWord = new HashMap<>();
    counts.forEach((word, tags) -> byWord.put(word, mostFrequent(tags)));
    return new FrequentTags(byWord);
  }

  private static String mostFrequent(Map<String, Integer> counts) {
    String best = ConllFile.OUTSIDE;
    int most = 0;
    for (Map.Entry<String, Integer> tag : counts.entrySet()) {
      if (tag.getValue() > most) {
        best = tag.getKey();
        most = tag.getValue();
      }
    }
    return best;
  }

  /** The tags of a sentence. */
  public List<String> tags(TaggedSentence sentence) {
    return sentence.words().stream()
        .map(word -> byWord.getOrDefault(word, ConllFile.OUTSIDE))
        .toList();
  }
}
