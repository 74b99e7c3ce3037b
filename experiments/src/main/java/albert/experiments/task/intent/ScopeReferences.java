package albert.experiments.task.intent;

import albert.datasets.baseline.NaiveBayes;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.TextExample;
import albert.experiments.task.kind.References;
import albert.reports.summary.StudyDescription.Reference;
import java.util.List;
import java.util.function.Function;

/**
 * What a model of queries has to beat, with thresholds that are chosen on dev as a model's: the
 * intents' shares of train, and a bag of words.
 */
final class ScopeReferences {
  private ScopeReferences() {}

  static List<Reference> of(TaskData<TextExample> data) {
    List<TextExample> train = data.examples(SplitName.TRAIN);
    int intents = data.labels().size();
    double[] shares = new double[intents];
    train.forEach(example -> shares[example.labelIndex()] += 1.0 / train.size());
    NaiveBayes bayes = NaiveBayes.train(train, intents);
    return List.of(
        reference(data, References.MAJORITY_GUESS, query -> shares),
        reference(data, References.BAG_OF_WORDS, bayes::probabilities));
  }

  private static Reference reference(
      TaskData<TextExample> data, String name, Function<TextExample, double[]> probabilities) {
    List<TextExample> dev = data.examples(SplitName.DEV);
    return References.of(
        name,
        new ScopePredictions(
            data.task(), data.labels(), 0, dev, dev.stream().map(probabilities).toList()));
  }
}
