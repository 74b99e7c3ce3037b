package albert.experiments.task.intent;

import albert.datasets.JsonLine;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.intent.ClincTask;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.task.kind.NoKeys;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.kind.TaskKind;
import albert.experiments.task.text.KindOfTexts;
import albert.experiments.task.text.TextHead;
import albert.experiments.task.text.TextKind;
import albert.experiments.task.text.TextSequences;
import albert.model.config.ModelType;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Intents of queries of which some are out of scope: a classification of single texts by the
 * intents in scope, with a threshold of their probability; or with out of scope as one more.
 */
public final class ScopeKind implements TaskKind<TextExample, ScopeConfig, TextSequences, float[]> {
  private final TextKind texts = new TextKind();

  @Override
  public String title() {
    return "Intents with a scope";
  }

  @Override
  public List<ClincTask> tasks() {
    return List.of(new ClincTask());
  }

  @Override
  public Set<HeadKind> heads() {
    return Set.of(HeadKind.CLASSIFICATION);
  }

  @Override
  public Class<ScopeConfig> keysType() {
    return ScopeConfig.class;
  }

  @Override
  public ScopeConfig defaults(ModelType family) {
    return ScopeConfig.DEFAULT;
  }

  /** Whether train has queries that are out of scope. */
  @Override
  public Set<String> keysOfData() {
    return Set.of("oos_train");
  }

  @Override
  public Optional<Task<TextExample>> task(String id, ScopeConfig keys) {
    return task(id).map(task -> new ClincTask(keys.oosTrain()));
  }

  @Override
  public boolean takesClassWeights() {
    return true;
  }

  @Override
  public long[] classCounts(TaskData<TextExample> data) {
    return KindOfTexts.counts(data);
  }

  @Override
  public List<String> notes(TaskData<TextExample> data) {
    return KindOfTexts.notes(classCounts(data));
  }

  @Override
  public List<EncodedExample> train(
      TaskData<TextExample> data,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      ScopeConfig keys,
      FeatureCache cache) {
    return texts.train(data, opened, maxSeqLength, NoKeys.NONE, cache);
  }

  @Override
  public TextSequences encode(
      List<TextExample> examples, Tokenizer tokenizer, int maxSeqLength, ScopeConfig keys) {
    return texts.encode(examples, tokenizer, maxSeqLength, NoKeys.NONE);
  }

  @Override
  public ScopeHead head(TaskData<TextExample> data, ScopeConfig keys) {
    return new ScopeHead(TextHead.of(LabelKind.CLASSIFICATION, data.labels()), keys);
  }

  @Override
  public ScopeHead head(
      HeadDescription head,
      ScopeConfig keys,
      @Nullable Task<TextExample> trainedFor,
      Set<String> given) {
    return new ScopeHead(new TextHead(head), keys);
  }

  @Override
  public List<Reference> references(TaskData<TextExample> data) {
    return ScopeReferences.of(data);
  }

  @Override
  public List<String> lineKeys() {
    return texts.lineKeys();
  }

  @Override
  public String line() {
    return texts.line();
  }

  @Override
  public String lineHelp() {
    return "One of clinc150 reads text and writes label (oos for out of scope), probabilities and"
        + " oos_threshold.";
  }

  @Override
  public TextExample read(JsonLine line, @Nullable Task<TextExample> trainedFor) {
    return texts.read(line, trainedFor);
  }

  @Override
  public String scoreHelp() {
    return "clinc150: --gold is data_full.json, --predictions JSON lines with label and"
        + " probabilities for its test and oos_test (or val and oos_val) in a row, as predict and a"
        + " run write them.";
  }

  @Override
  public OfficialScores score(Task<TextExample> task, ScoredFiles files) {
    files.requireNoUnanswerable(task);
    return ScopeScoring.score((ClincTask) task, files);
  }
}
