package albert.datasets.intent;

import albert.datasets.DataFormatException;
import albert.datasets.entity.ConllFile;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskFolder;
import albert.evaluation.record.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Data sets with an intent and slots in every sentence, in their {@linkplain IntentFiles files}.
 */
public enum IntentTask implements Task<IntentSentence> {
  /** Requests to a personal voice assistant (arXiv 1805.10190). */
  SNIPS("Snips"),
  /** Questions about flights (aclanthology.org/H90-1021). */
  ATIS("ATIS");

  private static final List<Map<SplitName, String>> LAYOUTS = List.of(files("dev"), files("valid"));

  private final String title;

  IntentTask(String title) {
    this.title = title;
  }

  private static Map<SplitName, String> files(String dev) {
    Map<SplitName, String> files = new EnumMap<>(SplitName.class);
    files.put(SplitName.TRAIN, "train/" + IntentFiles.WORDS);
    files.put(SplitName.DEV, dev + "/" + IntentFiles.WORDS);
    files.put(SplitName.TEST, "test/" + IntentFiles.WORDS);
    return files;
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String title() {
    return title;
  }

  /** Models are chosen by the share of sentences of which intent and all slots are right. */
  @Override
  public List<String> metricIds() {
    return List.of("sentence_accuracy", "intent_accuracy", "slot_f1");
  }

  @Override
  public Optional<String> folder() {
    return Optional.of("intent/" + id());
  }

  /** The files of the sentences; tags and intents are beside them. */
  @Override
  public Map<SplitName, String> files() {
    return new EnumMap<>(LAYOUTS.get(0));
  }

  /**
   * The labels are the intents of the training part in their order, the tags are its tags, {@code
   * O} first and the others in their order; without a training part those of all others. Dev and
   * test may have further ones, which no model can get right. A test without labels is taken.
   *
   * @throws DataFormatException also if all training sentences have one intent, or no slot
   */
  @Override
  public TaskData<IntentSentence> read(Path data) {
    Map<SplitName, List<IntentSentence>> splits =
        LAYOUTS.stream()
            .map(files -> TaskFolder.find(this, data, folder().orElseThrow(), files))
            .flatMap(Optional::stream)
            .max(Comparator.comparing(found -> found.files().size()))
            .orElseThrow(() -> TaskFolder.missing(this, data))
            .read(IntentTask::read);
    List<IntentSentence> train = splits.getOrDefault(SplitName.TRAIN, List.of());
    Collection<List<IntentSentence>> named = train.isEmpty() ? splits.values() : List.of(train);
    List<String> intents = names(named, one -> Stream.ofNullable(one.intent()));
    List<String> slots = new ArrayList<>(names(named, one -> one.sentence().tags().stream()));
    slots.remove(ConllFile.OUTSIDE);
    if (!train.isEmpty() && (intents.size() == 1 || slots.isEmpty())) {
      throw new DataFormatException(
          "task " + id(),
          slots.isEmpty()
              ? "every tag of train is O, so that there is no slot to learn"
              : String.format(
                  Locale.ROOT,
                  "the intent of every sentence of train is %s, so that there is none to learn",
                  intents.get(0)));
    }
    slots.add(0, ConllFile.OUTSIDE);
    return TaskData.of(this, splits, intents, slots, "official files");
  }

  private static List<IntentSentence> read(SplitName split, Path words) {
    IntentFiles files = new IntentFiles(Objects.requireNonNull(words.getParent()));
    return split == SplitName.TEST ? files.readAsFarAsLabelled() : files.read();
  }

  private static List<String> names(
      Collection<List<IntentSentence>> parts, Function<IntentSentence, Stream<String>> of) {
    TreeSet<String> names = new TreeSet<>();
    parts.forEach(part -> part.stream().flatMap(of).forEach(names::add));
    return List.copyOf(names);
  }

  /** Over every word, tag and intent, and how many of them there are. */
  @Override
  public String sha256(Map<SplitName, List<IntentSentence>> splits) {
    Sha256 digest = new Sha256();
    for (SplitName name : SplitName.values()) {
      List<IntentSentence> sentences = splits.getOrDefault(name, List.of());
      digest.add(sentences.size());
      for (IntentSentence one : sentences) {
        digest.add(one.sentence().words().size());
        one.sentence().words().forEach(digest::add);
        one.sentence().tags().forEach(digest::add);
        digest.add(Objects.requireNonNullElse(one.intent(), ""));
      }
    }
    return digest.hex();
  }
}
