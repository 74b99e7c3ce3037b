package albert.experiments.task.intent;

import albert.evaluation.metric.EntityScores;
import albert.evaluation.metric.MetricValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scores of intents and slots. */
final class JointFigures {
  private static final MetricValue NOTHING = MetricValue.undefined("there are no sentences");

  private JointFigures() {}

  /**
   * An intent with the tags of a sentence.
   *
   * @param intent the name
   * @param tags one a word
   */
  record Frame(String intent, List<String> tags) {}

  /**
   * {@code sentence_accuracy}, the share of sentences whose intent and tags are all right; {@code
   * intent_accuracy}; and {@code slot_f1}, seqeval's over all slots.
   *
   * @throws IllegalArgumentException if the sides differ in sentences or in a sentence's words
   */
  static Map<String, MetricValue> of(List<Frame> gold, List<Frame> given) {
    MetricValue slots =
        gold.isEmpty()
            ? NOTHING
            : MetricValue.of(EntityScores.of(tags(gold), tags(given)).overall().f1());
    double intents = 0;
    double sentences = 0;
    for (int i = 0; i < gold.size(); i++) {
      intents += gold.get(i).intent.equals(given.get(i).intent) ? 1 : 0;
      sentences += gold.get(i).equals(given.get(i)) ? 1 : 0;
    }
    Map<String, MetricValue> figures = new LinkedHashMap<>();
    figures.put("sentence_accuracy", share(sentences, gold.size()));
    figures.put("intent_accuracy", share(intents, gold.size()));
    figures.put("slot_f1", slots);
    return figures;
  }

  private static MetricValue share(double count, int of) {
    return of == 0 ? NOTHING : MetricValue.of(count / of);
  }

  private static List<List<String>> tags(List<Frame> frames) {
    return frames.stream().map(Frame::tags).toList();
  }
}
