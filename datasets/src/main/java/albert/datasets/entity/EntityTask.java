package albert.datasets.entity;

import albert.datasets.DataFormatException;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskFolder;
import albert.evaluation.record.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Data sets of named entities, in their {@linkplain ConllFile files}. */
public enum EntityTask implements Task<TaggedSentence> {
  /** News (aclanthology.org/W03-0419). */
  CONLL_2003(
      "CoNLL-2003",
      List.of("ner/conll-2003"),
      List.of(
          files("train.txt", "valid.txt", "test.txt"),
          files("eng.train", "eng.testa", "eng.testb"))),
  /** Messages with entities that are new there (aclanthology.org/W17-4418). */
  WNUT_17(
      "WNUT-17",
      List.of("ner/wnut17", "ner/wnut-17"),
      List.of(files("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"))),
  /** English Wikipedia; every word has the prefix {@code en:} (aclanthology.org/P17-1178). */
  WIKIANN(
      "WikiANN", List.of("ner/wikiann-en", "ner/wikiann"), List.of(files("train", "dev", "test")));

  private static final String LANGUAGE = "en:";

  private final String title;
  private final List<String> folders;
  private final List<Map<SplitName, String>> layouts;

  EntityTask(String title, List<String> folders, List<Map<SplitName, String>> layouts) {
    this.title = title;
    this.folders = folders;
    this.layouts = layouts;
  }

  private static Map<SplitName, String> files(String train, String dev, String test) {
    return new EnumMap<>(Map.of(SplitName.TRAIN, train, SplitName.DEV, dev, SplitName.TEST, test));
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String title() {
    return title;
  }

  /** Over all types of entities. */
  @Override
  public List<String> metricIds() {
    return List.of("f1", "precision", "recall", "accuracy");
  }

  @Override
  public Optional<String> folder() {
    return Optional.of(folders.get(0));
  }

  @Override
  public Map<SplitName, String> files() {
    return new EnumMap<>(layouts.get(0));
  }

  /**
   * The labels are the tags of the training file, {@code O} first and the others in their order;
   * without such a file those of all others.
   *
   * @throws DataFormatException also if another file has further tags, or the training file has no
   *     entity
   */
  @Override
  public TaskData<TaggedSentence> read(Path data) {
    Map<SplitName, ConllFile> files = new EnumMap<>(SplitName.class);
    find(data).files().forEach((split, path) -> files.put(split, ConllFile.read(path)));
    Set<String> tags = new TreeSet<>();
    ConllFile train = files.get(SplitName.TRAIN);
    if (train == null) {
      files.values().forEach(file -> tags.addAll(file.tags()));
    } else {
      tags.addAll(train.tags());
      files.values().forEach(file -> file.requireTagsOf(train));
    }
    tags.remove(ConllFile.OUTSIDE);
    if (train != null && tags.isEmpty()) {
      throw new DataFormatException(
          train.path().toString(), "every tag in it is O, so that there is nothing to learn");
    }
    List<String> labels = new ArrayList<>(List.of(ConllFile.OUTSIDE));
    labels.addAll(tags);
    Map<SplitName, List<TaggedSentence>> splits = new EnumMap<>(SplitName.class);
    files.forEach((split, file) -> splits.put(split, sentences(file)));
    return TaskData.of(this, splits, labels, "official files");
  }

  private TaskFolder<TaggedSentence> find(Path data) {
    return folders.stream()
        .flatMap(
            folder -> layouts.stream().map(files -> TaskFolder.find(this, data, folder, files)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> TaskFolder.missing(this, data));
  }

  private List<TaggedSentence> sentences(ConllFile file) {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (ConllFile.Sentence read : file.sentences()) {
      List<String> words = read.words().stream().map(this::word).toList();
      sentences.add(new TaggedSentence(String.valueOf(sentences.size()), null, words, read.tags()));
    }
    return sentences;
  }

  /** Without the prefix, if something is left then. */
  private String word(String column) {
    boolean hasPrefix =
        this == WIKIANN && column.startsWith(LANGUAGE) && column.length() > LANGUAGE.length();
    return hasPrefix ? column.substring(LANGUAGE.length()) : column;
  }

  /** Over every word and tag, and how many of them a sentence has. */
  @Override
  public String sha256(Map<SplitName, List<TaggedSentence>> splits) {
    Sha256 digest = new Sha256();
    for (SplitName name : SplitName.values()) {
      List<TaggedSentence> sentences = splits.getOrDefault(name, List.of());
      digest.add(sentences.size());
      for (TaggedSentence sentence : sentences) {
        digest.add(sentence.words().size());
        sentence.words().forEach(digest::add);
        sentence.tags().forEach(digest::add);
      }
    }
    return digest.hex();
  }
}
