package albert.experiments.task.text;

import albert.datasets.baseline.MajorityClass;
import albert.datasets.baseline.NaiveBayes;
import albert.datasets.baseline.WordOverlap;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.experiments.task.kind.References;
import albert.reports.summary.StudyDescription.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What a model of texts has to beat on dev: predictions without a model, with every score that a
 * model gets.
 *
 * @param task whose they are
 * @param train examples with labels to count in, at least one
 * @param dev examples with labels to predict
 */
record TextReferences(TextTask task, List<TextExample> train, List<TextExample> dev) {
  /** Of a classification. */
  static final String BAG_OF_WORDS = "bag of words (naive Bayes)";

  /** Of a regression: one value for all, so that no correlation is defined. */
  static final String MEAN = "mean of the training labels";

  static TextReferences of(TaskData<TextExample> data) {
    return new TextReferences(
        (TextTask) data.task(), data.examples(SplitName.TRAIN), data.examples(SplitName.DEV));
  }

  /** The most frequent class and a bag of words; or the mean label and the words of a pair. */
  List<Reference> all() {
    return task.kind() == LabelKind.REGRESSION ? ofRegression() : ofClassification();
  }

  private List<Reference> ofClassification() {
    int classes = task.labels().size();
    int majority = MajorityClass.train(train, classes).labelIndex();
    return List.of(
        reference(References.MAJORITY_GUESS, example -> majority),
        reference(BAG_OF_WORDS, NaiveBayes.train(train, classes)::predict));
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
    double[] gold = dev.stream().mapToDouble(TextExample::label).toArray();
    double[] predicted = dev.stream().mapToDouble(predict).toArray();
    return new Reference(
        name,
        TextPredictions.scores(task, gold, predicted, SplitName.DEV.id(), References.PROTOCOL));
  }
}
