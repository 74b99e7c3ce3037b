package albert.experiments.task.text;

import albert.datasets.baseline.MajorityClass;
import albert.datasets.baseline.NaiveBayes;
import albert.datasets.baseline.WordOverlap;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.experiments.task.kind.References;
import albert.reports.summary.StudyDescription.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a model of texts has to beat on dev: predictions without a model, with every score that a
 * model gets.
 *
 * @param task whose they are
 * @param labels how many there are; none of a regression
 * @param train examples with labels to count in, at least one
 * @param dev examples with labels to predict
 */
record TextReferences(TextTask task, int labels, List<TextExample> train, List<TextExample> dev) {
  /** Of labels of which several may be right. */
  static final String FREQUENT_SET = "most frequent set of labels";

  /** Of a regression: one value for all, so that no correlation is defined. */
  static final String MEAN = "mean of the training labels";

  static TextReferences of(TaskData<TextExample> data) {
    return new TextReferences(
        (TextTask) data.task(),
        data.labels().size(),
        data.examples(SplitName.TRAIN),
        data.examples(SplitName.DEV));
  }

  /**
   * The most frequent class, or set of labels, and a bag of words, for every label by itself where
   * several may be right; or the mean label and the words of a pair.
   */
  List<Reference> all() {
    return switch (task.kind()) {
      case CLASSIFICATION -> ofClassification();
      case MULTI_LABEL -> ofLabelSets();
      case REGRESSION -> ofRegression();
    };
  }

  private List<Reference> ofClassification() {
    int majority = MajorityClass.train(train, labels).labelIndex();
    return List.of(
        reference(References.MAJORITY_GUESS, example -> majority),
        reference(References.BAG_OF_WORDS, NaiveBayes.train(train, labels)::predict));
  }

  private List<Reference> ofLabelSets() {
    double[] frequent = frequentSet();
    List<NaiveBayes> eachLabel =
        IntStream.range(0, labels).mapToObj(label -> NaiveBayes.train(only(label), 2)).toList();
    return List.of(
        setReference(FREQUENT_SET, example -> frequent),
        setReference(
            References.BAG_OF_WORDS,
            example -> eachLabel.stream().mapToDouble(bayes -> bayes.predict(example)).toArray()));
  }

  /** Of several equally frequent sets the first in the training data. */
  private double[] frequentSet() {
    Map<List<Double>, Integer> counts = new LinkedHashMap<>();
    train.forEach(example -> counts.merge(example.labels(), 1, Integer::sum));
    List<Double> best = train.get(0).labels();
    for (Map.Entry<List<Double>, Integer> set : counts.entrySet()) {
      best = set.getValue() > counts.getOrDefault(best, 0) ? set.getKey() : best;
    }
    return best.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The training examples with whether they have a label as their class. */
  private List<TextExample> only(int label) {
    return train.stream()
        .map(e -> new TextExample(e.id(), e.text(), e.pair(), e.labels().get(label)))
        .toList();
  }

  private List<Reference> ofRegression() {
    double mean = train.stream().mapToDouble(TextExample::label).average().orElseThrow();
    List<Reference> references = new ArrayList<>(List.of(reference(MEAN, example -> mean)));
    if (task.isOfPairs()) {
      references.add(reference(References.WORD_OVERLAP, TextReferences::overlap));
    }
    return references;
  }

  private static double overlap(TextExample example) {
    return WordOverlap.cosine(example.text(), Objects.requireNonNull(example.pair()));
  }

  private Reference reference(String name, ToDoubleFunction<TextExample> predict) {
    return setReference(name, example -> new double[] {predict.applyAsDouble(example)});
  }

  private Reference setReference(String name, Function<TextExample, double[]> predict) {
    double[][] gold = dev.stream().map(TextPredictions::labels).toArray(double[][]::new);
    double[][] predicted = dev.stream().map(predict).toArray(double[][]::new);
    return new Reference(
        name,
        TextPredictions.scores(task, gold, predicted, SplitName.DEV.id(), References.PROTOCOL));
  }
}
