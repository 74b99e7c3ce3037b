package albert.experiments.task.entity;

import albert.datasets.JsonLine;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.entity.ConllFile;
import albert.datasets.entity.EntityTask;
import albert.datasets.entity.FrequentTags;
import albert.datasets.entity.SentenceEncoder;
import albert.datasets.entity.TaggedSentence;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.task.kind.NoKeys;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.References;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.kind.Sequences;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.ModelType;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Named entities in sentences. */
public final class EntityKind
    implements TaskKind<TaggedSentence, NoKeys, EntitySequences, List<String>> {

  @Override
  public String title() {
    return "Named entities";
  }

  @Override
  public List<EntityTask> tasks() {
    return List.of(EntityTask.values());
  }

  @Override
  public Set<HeadKind> heads() {
    return Set.of(HeadKind.TOKEN_CLASSIFICATION);
  }

  @Override
  public Class<NoKeys> keysType() {
    return NoKeys.class;
  }

  @Override
  public NoKeys defaults(ModelType family) {
    return NoKeys.NONE;
  }

  @Override
  public void check(NoKeys keys, int maxSeqLength) {
    Sequences.requireRoom(maxSeqLength, SentenceEncoder.SHORTEST, "[CLS], a piece and [SEP]");
  }

  @Override
  public List<EncodedExample> train(
      TaskData<TaggedSentence> data,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      NoKeys keys,
      FeatureCache cache) {
    try (Tokenizer tokenizer = opened.get()) {
      return new SentenceEncoder(tokenizer, maxSeqLength)
          .train(data.examples(SplitName.TRAIN), data.labels(), cache);
    }
  }

  @Override
  public EntitySequences encode(
      List<TaggedSentence> examples, Tokenizer tokenizer, int maxSeqLength, NoKeys keys) {
    return new EntitySequences(
        examples, new SentenceEncoder(tokenizer, maxSeqLength).encode(examples));
  }

  @Override
  public EntityHead head(TaskData<TaggedSentence> data, NoKeys keys) {
    return new EntityHead(new HeadDescription(HeadKind.TOKEN_CLASSIFICATION, data.labels()));
  }

  @Override
  public EntityHead head(
      HeadDescription head,
      NoKeys keys,
      @Nullable Task<TaggedSentence> trainedFor,
      Set<String> given) {
    return new EntityHead(head);
  }

  /** Each word's most frequent tag, and no entity at all. */
  @Override
  public List<Reference> references(TaskData<TaggedSentence> data) {
    FrequentTags frequent = FrequentTags.train(data.examples(SplitName.TRAIN));
    return List.of(
        reference(data, "most frequent tag of each word", frequent::tags),
        reference(
            data,
            "no entity",
            sentence -> Collections.nCopies(sentence.words().size(), ConllFile.OUTSIDE)));
  }

  private static Reference reference(
      TaskData<TaggedSentence> data, String name, Function<TaggedSentence, List<String>> tags) {
    List<TaggedSentence> dev = data.examples(SplitName.DEV);
    return References.of(
        name,
        new EntityPredictions(data.task(), data.labels(), dev, dev.stream().map(tags).toList()));
  }

  @Override
  public List<String> lineKeys() {
    return List.of("words", "text");
  }

  @Override
  public String line() {
    return "{\"words\": [\"…\"]} or {\"text\": …}";
  }

  @Override
  public String lineHelp() {
    return "A model that finds entities reads words (a list), or text, which it cuts into words, and"
        + " writes words, tags and entities.";
  }

  @Override
  public TaggedSentence read(JsonLine line, @Nullable Task<TaggedSentence> trainedFor) {
    return EntityLine.read(line);
  }

  @Override
  public String scoreHelp() {
    return "Entities: CoNLL files, a word a line; the last column is the tag.";
  }

  @Override
  public OfficialScores score(Task<TaggedSentence> task, ScoredFiles files) {
    files.requireNoUnanswerable(task);
    return EntityScoring.score(task, files.gold(), files.predictions());
  }
}
