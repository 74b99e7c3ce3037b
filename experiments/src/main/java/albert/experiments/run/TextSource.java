package albert.experiments.run;

import albert.datasets.baseline.MajorityClass;
import albert.datasets.baseline.NaiveBayes;
import albert.datasets.batch.FeatureCache;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskKind;
import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.stage.StopSignal;
import albert.reports.summary.StudyDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Texts or pairs with a class or a value.
 *
 * @param data as it was read
 */
record TextSource(TaskData data) implements TaskSource {

  @Override
  public DataFingerprint fingerprint(RunConfig config) {
    return used(config).fingerprint();
  }

  private TaskData used(RunConfig config) {
    int most = config.training().maxTrainExamples();
    return most == 0 ? data : data.withFirstTrain(most);
  }

  @Override
  public EncodedTask encode(RunConfig config, Tokenizer tokenizer, EncodedTask.Ids ids) {
    TaskData used = used(config);
    int length = config.training().maxSeqLength();
    return new TextTask(
        used,
        FeatureCache.of(System.getenv())
            .encodeLater(
                used.examples(SplitName.TRAIN),
                () -> RunTokenizer.open(Objects.requireNonNull(ids.tokenizerFile()), config),
                length),
        new SequenceEncoder(tokenizer, length).encodeAll(used.examples(SplitName.DEV)),
        ids);
  }

  /** The most frequent class, and a bag of words. */
  @Override
  public List<StudyDescription.Reference> references() {
    if (data.task().kind() != TaskKind.CLASSIFICATION) {
      return List.of();
    }
    int classes = data.task().labels().size();
    List<TextExample> train = data.examples(SplitName.TRAIN);
    List<TextExample> dev = data.examples(SplitName.DEV);
    return List.of(
        reference("majority guess", MajorityClass.train(train, classes).accuracy(dev)),
        reference("bag of words (naive Bayes)", NaiveBayes.train(train, classes).accuracy(dev)));
  }

  private StudyDescription.Reference reference(String name, double accuracy) {
    return new StudyDescription.Reference(
        name,
        List.of(
            Score.of(
                data.task().id(),
                Metric.ACCURACY.id(),
                EncodedTask.DEV,
                accuracy,
                data.examples(SplitName.DEV).size(),
                StudyDescriptions.PROTOCOL)));
  }

  @Override
  public FineTuning.Afterwards otherParts(
      Path folder,
      RunConfig config,
      EncodedTask task,
      Tokenizer tokenizer,
      RunDirectory directory,
      StopSignal stop) {
    return task instanceof TextTask texts
        ? new OtherSplits(folder, config, texts, tokenizer, directory, stop)
        : FineTuning.Afterwards.NOTHING;
  }
}
