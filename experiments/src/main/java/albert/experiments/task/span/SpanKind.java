package albert.experiments.task.span;

import albert.datasets.JsonLine;
import albert.datasets.baseline.OverlappingSentence;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.span.SpanEncoder;
import albert.datasets.span.SpanExample;
import albert.datasets.span.SpanPrediction;
import albert.datasets.span.SquadTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.References;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.ModelType;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Questions that a span of a text answers. */
public final class SpanKind
    implements TaskKind<SpanExample, SpanConfig, SpanSequences, SpanPrediction> {
  private static final String THRESHOLD = "null_score_diff_threshold";

  @Override
  public String title() {
    return "Answers to questions";
  }

  @Override
  public List<SquadTask> tasks() {
    return List.of(SquadTask.values());
  }

  @Override
  public Set<HeadKind> heads() {
    return EnumSet.of(HeadKind.QUESTION_ANSWERING, HeadKind.CONDITIONAL_SPAN);
  }

  @Override
  public Class<SpanConfig> keysType() {
    return SpanConfig.class;
  }

  @Override
  public SpanConfig defaults(ModelType family) {
    return SpanConfig.DEFAULT.with(
        switch (family) {
          case ALBERT -> SpanHeadKind.ALBERT;
          case BERT -> SpanHeadKind.BERT;
        });
  }

  @Override
  public void check(SpanConfig keys, int maxSeqLength) {
    keys.checkLength(maxSeqLength);
  }

  @Override
  public Set<String> keysOfSequences() {
    return Set.of("doc_stride", "max_query_length");
  }

  /** Which head there is, a trained model says itself. */
  @Override
  public Set<String> keysOfTraining() {
    return Set.of("span_head");
  }

  /** The published one. */
  @Override
  public int defaultSeqLength(int positions) {
    return Math.min(SpanEncoder.DEFAULT_MAX_SEQ_LENGTH, positions);
  }

  @Override
  public List<EncodedExample> train(
      TaskData<SpanExample> data,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      SpanConfig keys,
      FeatureCache cache) {
    try (Tokenizer tokenizer = opened.get()) {
      return encoder(tokenizer, maxSeqLength, keys).train(data.examples(SplitName.TRAIN), cache);
    }
  }

  @Override
  public SpanSequences encode(
      List<SpanExample> examples, Tokenizer tokenizer, int maxSeqLength, SpanConfig keys) {
    return new SpanSequences(examples, encoder(tokenizer, maxSeqLength, keys).encode(examples));
  }

  private static SpanEncoder encoder(Tokenizer tokenizer, int maxSeqLength, SpanConfig keys) {
    return new SpanEncoder(tokenizer, maxSeqLength, keys.docStride(), keys.maxQueryLength());
  }

  @Override
  public String cut(long cut, long examples, int maxSeqLength, SpanConfig keys) {
    return String.format(
        Locale.ROOT,
        "%d of %d questions were cut to %d pieces",
        cut,
        examples,
        keys.maxQueryLength());
  }

  @Override
  public SpanTaskHead head(TaskData<SpanExample> data, SpanConfig keys) {
    return new SpanTaskHead(keys, mayBeUnanswerable(data.task()));
  }

  /** No answer may be given if the model was trained so, or a threshold is given. */
  @Override
  public SpanTaskHead head(
      HeadDescription head,
      SpanConfig keys,
      @Nullable Task<SpanExample> trainedFor,
      Set<String> given) {
    SpanHeadKind kind =
        head.kind() == HeadKind.CONDITIONAL_SPAN ? SpanHeadKind.ALBERT : SpanHeadKind.BERT;
    return new SpanTaskHead(
        keys.with(kind),
        given.contains(THRESHOLD) || (trainedFor != null && mayBeUnanswerable(trainedFor)));
  }

  private static boolean mayBeUnanswerable(Task<SpanExample> task) {
    return ((SquadTask) task).hasUnanswerable();
  }

  /** The sentence with the most of the question's words; and no answer, where that may be right. */
  @Override
  public List<Reference> references(TaskData<SpanExample> data) {
    List<Reference> references = new ArrayList<>();
    references.add(reference(data, "best-overlapping sentence", OverlappingSentence::answer));
    if (mayBeUnanswerable(data.task())) {
      references.add(reference(data, "no answer", example -> ""));
    }
    return references;
  }

  private static Reference reference(
      TaskData<SpanExample> data, String name, Function<SpanExample, String> answer) {
    List<SpanExample> dev = data.examples(SplitName.DEV);
    List<SpanPrediction> answers =
        dev.stream()
            .map(example -> SpanPrediction.certain(example, answer.apply(example)))
            .toList();
    return References.of(name, new SpanPredictions((SquadTask) data.task(), dev, answers, 0));
  }

  @Override
  public List<String> lineKeys() {
    return List.of("question", "context");
  }

  @Override
  public String line() {
    return "{\"question\": …, \"context\": …}";
  }

  @Override
  public String lineHelp() {
    return "A model that answers questions reads question and context and writes answer, start, end,"
        + " score, no_answer_score and n_best.";
  }

  @Override
  public SpanExample read(JsonLine line, @Nullable Task<SpanExample> trainedFor) {
    return new SpanExample(
        line.place(), "", line.text("question"), line.text("context"), List.of());
  }

  @Override
  public String scoreHelp() {
    return "SQuAD: the official JSON files.";
  }

  @Override
  public OfficialScores score(Task<SpanExample> task, ScoredFiles files) {
    return SquadScoring.score((SquadTask) task, files);
  }
}
