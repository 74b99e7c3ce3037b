package albert.experiments.task.summary;

import albert.datasets.JsonLine;
import albert.datasets.baseline.SentenceBayes;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.summary.GreedyOracle;
import albert.datasets.summary.SummaryDocument;
import albert.datasets.summary.SummaryEncoder;
import albert.datasets.summary.SummaryTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.References;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.kind.Sequences;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.ModelType;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Summaries of documents by some of their sentences. */
public final class SummaryKind
    implements TaskKind<SummaryDocument, SummaryConfig, SummarySequences, Extract> {

  @Override
  public String title() {
    return "Summaries";
  }

  @Override
  public List<SummaryTask> tasks() {
    return List.of(SummaryTask.values());
  }

  @Override
  public Set<HeadKind> heads() {
    return Set.of(HeadKind.SENTENCE_SCORING);
  }

  @Override
  public Class<SummaryConfig> keysType() {
    return SummaryConfig.class;
  }

  @Override
  public SummaryConfig defaults(ModelType family) {
    return SummaryConfig.usual(1);
  }

  @Override
  public SummaryConfig defaults(ModelType family, String id) {
    return Arrays.stream(SummaryTask.values())
        .filter(task -> task.id().equals(id))
        .findFirst()
        .map(task -> SummaryConfig.usual(task.usualSentences()))
        .orElseGet(() -> defaults(family));
  }

  @Override
  public void check(SummaryConfig keys, int maxSeqLength) {
    Sequences.requireRoom(maxSeqLength, SummaryEncoder.SHORTEST, "[CLS], a piece and [SEP]");
  }

  /** Extracts that are learnt are no longer than those that are made. */
  @Override
  public Set<String> keysOfSequences() {
    return Set.of("summary_sentences");
  }

  @Override
  public List<EncodedExample> train(
      TaskData<SummaryDocument> data,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      SummaryConfig keys,
      FeatureCache cache) {
    try (Tokenizer tokenizer = opened.get()) {
      return new SummaryEncoder(tokenizer, maxSeqLength)
          .train(data.examples(SplitName.TRAIN), keys.summarySentences(), cache);
    }
  }

  @Override
  public SummarySequences encode(
      List<SummaryDocument> examples, Tokenizer tokenizer, int maxSeqLength, SummaryConfig keys) {
    return new SummarySequences(
        examples, new SummaryEncoder(tokenizer, maxSeqLength).encode(examples));
  }

  @Override
  public String cut(long cut, long examples, int maxSeqLength, SummaryConfig keys) {
    return String.format(
        Locale.ROOT,
        "%d of %d documents have a sentence that was cut to %d pieces",
        cut,
        examples,
        maxSeqLength);
  }

  @Override
  public SummaryHead head(TaskData<SummaryDocument> data, SummaryConfig keys) {
    return new SummaryHead(keys);
  }

  @Override
  public SummaryHead head(
      HeadDescription head,
      SummaryConfig keys,
      @Nullable Task<SummaryDocument> trainedFor,
      Set<String> given) {
    return new SummaryHead(keys);
  }

  /**
   * As many sentences as the task's summaries usually have: the first of every document; those that
   * a bag of words finds; and those that are closest to what is right, which no model can be
   * expected to find.
   */
  @Override
  public List<Reference> references(TaskData<SummaryDocument> data) {
    int sentences = ((SummaryTask) data.task()).usualSentences();
    SummaryConfig usual = SummaryConfig.usual(sentences);
    SentenceBayes bayes = SentenceBayes.train(data.examples(SplitName.TRAIN), sentences);
    return List.of(
        reference(data, "lead-" + sentences, document -> Extract.lead(document, sentences)),
        reference(
            data,
            "bag of words and place (naive Bayes)",
            document -> Extract.best(document, bayes.scores(document), usual)),
        reference(
            data,
            String.format(Locale.ROOT, "greedy oracle of %d %s", sentences, References.BOUND),
            document -> Extract.of(GreedyOracle.select(document, sentences))));
  }

  private static Reference reference(
      TaskData<SummaryDocument> data, String name, Function<SummaryDocument, Extract> extract) {
    List<SummaryDocument> dev = data.examples(SplitName.DEV);
    return References.of(
        name, new SummaryPredictions(data.task(), dev, dev.parallelStream().map(extract).toList()));
  }

  @Override
  public List<String> lineKeys() {
    return List.of("sentences", "text");
  }

  @Override
  public String line() {
    return "{\"sentences\": [\"…\"]} or {\"text\": …}";
  }

  @Override
  public String lineHelp() {
    return "A model that summarises reads sentences (a list), or text, which it cuts into sentences,"
        + " and writes summary, sentences (their numbers) and scores.";
  }

  @Override
  public SummaryDocument read(JsonLine line, @Nullable Task<SummaryDocument> trainedFor) {
    return SummaryLine.read(line);
  }

  @Override
  public String scoreHelp() {
    return "Summaries: --gold is SciTLDR's JSON lines or a folder of stories, --predictions a summary"
        + " a line, or JSON lines (.jsonl) with prediction or summary.";
  }

  @Override
  public OfficialScores score(Task<SummaryDocument> task, ScoredFiles files) {
    files.requireNoUnanswerable(task);
    return SummaryScoring.score((SummaryTask) task, files.gold(), files.predictions());
  }
}
