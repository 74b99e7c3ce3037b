package albert.datasets.intent;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.entity.SentenceEncoder;
import albert.datasets.entity.SentenceWindow;
import albert.datasets.entity.TaggedSentence;
import albert.evaluation.record.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes sequences of sentences with intents. A sentence that is longer than a sequence is read in
 * the windows of {@link SentenceEncoder}: each word is tagged in one of them, and the intent is
 * learnt, and predicted, in the first.
 *
 * @param sentences makes the windows
 */
public record IntentEncoder(SentenceEncoder sentences) {

  /** Windows of every sentence, at least one each, in their order. */
  public List<SentenceWindow> encode(List<IntentSentence> examples) {
    return sentences.encode(tagged(examples));
  }

  /** The words of examples. */
  public static List<TaggedSentence> tagged(List<IntentSentence> examples) {
    return examples.stream().map(IntentSentence::sentence).toList();
  }

  /**
   * Windows to learn from, kept in a file. The first of their labels is the index of the intent, in
   * later windows of a sentence {@value SentenceEncoder#NONE}; then those of the pieces follow.
   *
   * @param intents every intent
   * @param tags every tag
   */
  public List<EncodedExample> train(
      List<IntentSentence> examples, List<String> intents, List<String> tags, FeatureCache cache) {
    Map<String, Integer> ofIntents = SentenceEncoder.indices(intents);
    Map<String, Integer> ofTags = SentenceEncoder.indices(tags);
    return cache.windows(
        () -> key(examples, intents, tags), examples, chunk -> labelled(chunk, ofIntents, ofTags));
  }

  private List<EncodedExample> labelled(
      List<IntentSentence> examples, Map<String, Integer> intents, Map<String, Integer> tags) {
    List<EncodedExample> encoded = new ArrayList<>();
    int sentence = -1;
    for (SentenceWindow window : encode(examples)) {
      IntentSentence example = examples.get(window.sentence());
      double[] pieces = SentenceEncoder.labels(window, example.sentence().tags(), tags);
      double[] labels = new double[1 + pieces.length];
      labels[0] =
          window.sentence() == sentence
              ? SentenceEncoder.NONE
              : Objects.requireNonNull(intents.get(example.knownIntent()));
      System.arraycopy(pieces, 0, labels, 1, pieces.length);
      encoded.add(new EncodedExample(encoded.size(), window.sequence(), labels));
      sentence = window.sentence();
    }
    return encoded;
  }

  private String key(List<IntentSentence> examples, List<String> intents, List<String> tags) {
    Sha256 key =
        new Sha256().add("intents").add(sentences.key(tagged(examples), tags)).add(intents.size());
    intents.forEach(key::add);
    examples.forEach(example -> key.add(example.knownIntent()));
    return key.hex();
  }
}
