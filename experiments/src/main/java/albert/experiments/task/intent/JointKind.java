package albert.experiments.task.intent;

import albert.datasets.JsonLine;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.entity.SentenceEncoder;
import albert.datasets.intent.IntentEncoder;
import albert.datasets.intent.IntentSentence;
import albert.datasets.intent.IntentTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.task.entity.EntityLine;
import albert.experiments.task.entity.EntitySequences;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.kind.Sequences;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.ModelType;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Intents and slots of sentences, learnt together. */
public final class JointKind
    implements TaskKind<IntentSentence, JointConfig, EntitySequences, JointPrediction> {

  @Override
  public String title() {
    return "Intents and slots";
  }

  @Override
  public List<IntentTask> tasks() {
    return List.of(IntentTask.values());
  }

  @Override
  public Set<HeadKind> heads() {
    return Set.of(HeadKind.JOINT_CLASSIFICATION);
  }

  @Override
  public Class<JointConfig> keysType() {
    return JointConfig.class;
  }

  @Override
  public JointConfig defaults(ModelType family) {
    return JointConfig.DEFAULT;
  }

  /** All of them: they weigh the loss. */
  @Override
  public Set<String> keysOfTraining() {
    return Set.of("intent_loss_weight", "slot_loss_weight");
  }

  @Override
  public void check(JointConfig keys, int maxSeqLength) {
    Sequences.requireRoom(maxSeqLength, SentenceEncoder.SHORTEST, "[CLS], a piece and [SEP]");
  }

  /** Dev and test may have intents and tags that no model can learn: they are named. */
  @Override
  public List<String> notes(TaskData<IntentSentence> data) {
    List<String> notes = new ArrayList<>();
    for (SplitName split : List.of(SplitName.DEV, SplitName.TEST)) {
      if (data.has(split)) {
        note(data, split, notes);
      }
    }
    return notes;
  }

  private static void note(TaskData<IntentSentence> data, SplitName split, List<String> notes) {
    Set<String> intents = new TreeSet<>();
    Set<String> tags = new TreeSet<>();
    int sentences = 0;
    for (IntentSentence one : data.examples(split)) {
      boolean known = one.intent() == null || data.labels().contains(one.intent());
      if (!known) {
        intents.add(one.knownIntent());
      }
      Set<String> others = new TreeSet<>(one.sentence().tags());
      others.removeAll(data.tags());
      tags.addAll(others);
      sentences += known && others.isEmpty() ? 0 : 1;
    }
    if (sentences > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d sentences of %s can't be right, because train lacks their intents [%s] or tags"
                  + " [%s]",
              sentences,
              split.id(),
              String.join(", ", intents),
              String.join(", ", tags)));
    }
  }

  @Override
  public List<EncodedExample> train(
      TaskData<IntentSentence> data,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      JointConfig keys,
      FeatureCache cache) {
    try (Tokenizer tokenizer = opened.get()) {
      return encoder(tokenizer, maxSeqLength)
          .train(data.examples(SplitName.TRAIN), data.labels(), data.tags(), cache);
    }
  }

  @Override
  public EntitySequences encode(
      List<IntentSentence> examples, Tokenizer tokenizer, int maxSeqLength, JointConfig keys) {
    return new EntitySequences(
        IntentEncoder.tagged(examples), encoder(tokenizer, maxSeqLength).encode(examples));
  }

  private static IntentEncoder encoder(Tokenizer tokenizer, int maxSeqLength) {
    return new IntentEncoder(new SentenceEncoder(tokenizer, maxSeqLength));
  }

  @Override
  public JointTaskHead head(TaskData<IntentSentence> data, JointConfig keys) {
    return new JointTaskHead(
        new HeadDescription(HeadKind.JOINT_CLASSIFICATION, data.labels(), data.tags()), keys);
  }

  @Override
  public JointTaskHead head(
      HeadDescription head,
      JointConfig keys,
      @Nullable Task<IntentSentence> trainedFor,
      Set<String> given) {
    return new JointTaskHead(head, keys);
  }

  /** The most frequent intent, and that of a bag of words; both with each word's frequent tag. */
  @Override
  public List<Reference> references(TaskData<IntentSentence> data) {
    return new JointReferences(data).all();
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
    return "A model of intents and slots reads the same as one that finds entities, and writes label,"
        + " probabilities, words, tags and slots.";
  }

  @Override
  public IntentSentence read(JsonLine line, @Nullable Task<IntentSentence> trainedFor) {
    return new IntentSentence(EntityLine.read(line), null);
  }

  @Override
  public String scoreHelp() {
    return "Intents and slots: --gold is a folder with seq.in, seq.out and label, --predictions JSON"
        + " lines with label and tags, as predict and a run write them.";
  }

  @Override
  public OfficialScores score(Task<IntentSentence> task, ScoredFiles files) {
    files.requireNoUnanswerable(task);
    return JointScoring.score(task, files);
  }
}
