package albert.experiments.task.choice;

import albert.datasets.JsonLine;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.choice.ChoiceEncoder;
import albert.datasets.choice.ChoiceQuestion;
import albert.datasets.choice.ChoiceTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.kind.Sequences;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.ModelType;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Questions with several answers to choose from. */
public final class ChoiceKind
    implements TaskKind<ChoiceQuestion, ChoiceConfig, ChoiceSequences, float[]> {

  @Override
  public String title() {
    return "Multiple choice";
  }

  @Override
  public List<ChoiceTask> tasks() {
    return List.of(ChoiceTask.values());
  }

  @Override
  public Set<HeadKind> heads() {
    return Set.of(HeadKind.MULTIPLE_CHOICE);
  }

  @Override
  public Class<ChoiceConfig> keysType() {
    return ChoiceConfig.class;
  }

  @Override
  public ChoiceConfig defaults(ModelType family) {
    return ChoiceConfig.DEFAULT;
  }

  @Override
  public void check(ChoiceConfig keys, int maxSeqLength) {
    Sequences.requireRoom(maxSeqLength, ChoiceEncoder.SHORTEST, "[CLS], [SEP], a piece and [SEP]");
  }

  @Override
  public Set<String> keysOfSequences() {
    return Set.of("max_qa_length");
  }

  @Override
  public List<String> notes(TaskData<ChoiceQuestion> data) {
    List<ChoiceQuestion> train = data.examples(SplitName.TRAIN);
    return train.stream().mapToInt(ChoiceQuestion::answer).distinct().count() == 1
        ? List.of("the same position is right in all training questions")
        : List.of();
  }

  @Override
  public List<EncodedExample> train(
      TaskData<ChoiceQuestion> data,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      ChoiceConfig keys,
      FeatureCache cache) {
    try (Tokenizer tokenizer = opened.get()) {
      return new ChoiceEncoder(tokenizer, maxSeqLength, keys.maxQaLength())
          .train(data.examples(SplitName.TRAIN), cache);
    }
  }

  /** The choices of a question, of which all training questions have the same number. */
  @Override
  public int together(Task<ChoiceQuestion> task, List<ChoiceQuestion> train) {
    return train.isEmpty() ? ((ChoiceTask) task).choices() : train.get(0).choices().size();
  }

  @Override
  public ChoiceSequences encode(
      List<ChoiceQuestion> examples, Tokenizer tokenizer, int maxSeqLength, ChoiceConfig keys) {
    return new ChoiceSequences(
        examples, new ChoiceEncoder(tokenizer, maxSeqLength, keys.maxQaLength()).encode(examples));
  }

  @Override
  public String cut(long cut, long examples, int maxSeqLength, ChoiceConfig keys) {
    return String.format(
        Locale.ROOT,
        "%d of %d questions were cut: to %d pieces with their passage, or to %d without",
        cut,
        examples,
        maxSeqLength,
        keys.maxQaLength());
  }

  @Override
  public ChoiceHead head(TaskData<ChoiceQuestion> data, ChoiceConfig keys) {
    return new ChoiceHead(together(data.task(), data.examples(SplitName.TRAIN)));
  }

  @Override
  public ChoiceHead head(
      HeadDescription head,
      ChoiceConfig keys,
      @Nullable Task<ChoiceQuestion> trainedFor,
      Set<String> given) {
    return ChoiceHead.UNTRAINED;
  }

  @Override
  public List<Reference> references(TaskData<ChoiceQuestion> data) {
    return ChoiceReferences.of(data).all();
  }

  @Override
  public List<String> lineKeys() {
    return ChoiceLine.KEYS;
  }

  @Override
  public String line() {
    return "{\"passage\": …, \"question\": …, \"choices\": [\"…\", \"…\"]}";
  }

  @Override
  public String lineHelp() {
    return "A model of multiple choice reads question, choices (a list) and passage, which may be"
        + " missing, and writes label (from 0), choice and probabilities.";
  }

  @Override
  public ChoiceQuestion read(JsonLine line, @Nullable Task<ChoiceQuestion> trainedFor) {
    return ChoiceLine.read(line);
  }

  @Override
  public String scoreHelp() {
    return "Multiple choice: --gold is the official file (RACE: or folder), --predictions JSON lines"
        + " with id and prediction (or label, as predict writes it), an index from 0 or a letter.";
  }

  @Override
  public OfficialScores score(Task<ChoiceQuestion> task, ScoredFiles files) {
    files.requireNoUnanswerable(task);
    return ChoiceScoring.score((ChoiceTask) task, files.gold(), files.predictions());
  }
}
