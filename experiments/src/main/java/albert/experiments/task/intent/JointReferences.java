package albert.experiments.task.intent;

import albert.datasets.baseline.MajorityClass;
import albert.datasets.baseline.NaiveBayes;
import albert.datasets.entity.FrequentTags;
import albert.datasets.entity.SentenceEncoder;
import albert.datasets.intent.IntentEncoder;
import albert.datasets.intent.IntentSentence;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.TextExample;
import albert.experiments.task.kind.References;
import albert.reports.summary.StudyDescription.Reference;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a model of intents and slots has to beat: two guesses at the intent, one at the slots. */
final class JointReferences {
  private final TaskData<IntentSentence> data;
  private final FrequentTags tags;
  private final Map<String, Integer> indices;

  JointReferences(TaskData<IntentSentence> data) {
    this.data = data;
    this.tags = FrequentTags.train(IntentEncoder.tagged(data.examples(SplitName.TRAIN)));
    this.indices = SentenceEncoder.indices(data.labels());
  }

  List<Reference> all() {
    int classes = data.labels().size();
    List<TextExample> train = data.examples(SplitName.TRAIN).stream().map(this::text).toList();
    double[] majority = certain(MajorityClass.train(train, classes).labelIndex(), classes);
    NaiveBayes bayes = NaiveBayes.train(train, classes);
    return List.of(
        reference(References.MAJORITY_GUESS, text -> majority),
        reference(References.BAG_OF_WORDS, bayes::probabilities));
  }

  private static double[] certain(int label, int classes) {
    double[] probabilities = new double[classes];
    probabilities[label] = 1;
    return probabilities;
  }

  /** The words with the index of the intent; NaN if it has none. */
  private TextExample text(IntentSentence example) {
    @Nullable Integer index = example.intent() == null ? null : indices.get(example.intent());
    return new TextExample(
        example.id(),
        String.join(" ", example.sentence().words()),
        null,
        index == null ? Double.NaN : index);
  }

  private Reference reference(String name, Function<TextExample, double[]> intents) {
    List<IntentSentence> dev = data.examples(SplitName.DEV);
    List<JointPrediction> predicted =
        dev.stream()
            .map(
                one ->
                    new JointPrediction(
                        floats(intents.apply(text(one))), tags.tags(one.sentence())))
            .toList();
    return References.of(name, new JointPredictions(data.task(), data.labels(), dev, predicted));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
