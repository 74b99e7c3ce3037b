package albert.datasets.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.pretraining.PretrainingBatch.Place;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sequence of batches: order, shards, places, threads. */
final class PretrainingBatchesTest {
  private static final int DOCUMENTS = 12;

  @TempDir private static Path folder;
  private static Tokenizer tokenizer;
  private static MaskingVocabulary vocabulary;
  private static TokenizedCorpus corpus;

  @BeforeAll
  static void open() throws IOException {
    tokenizer = Tokenizers.bundledBertUncased();
    vocabulary = MaskingVocabulary.of(tokenizer);
    StringBuilder text = new StringBuilder();
    for (int d = 0; d < DOCUMENTS; d++) {
      for (int s = 0; s < 90; s++) {
        text.append("document ").append(d).append(" says sentence ").append(s).append(" .\n");
      }
      text.append("\n\n");
    }
    Path texts = Files.createDirectories(folder.resolve("text"));
    Files.writeString(texts.resolve("all.txt"), text);
    Corpus files = Corpus.of(texts, CorpusFormat.AUTO);
    corpus =
        TokenizedCorpus.open(
            folder.resolve("tokens"), files, files.sha256(), tokenizer, "0".repeat(64));
  }

  @AfterAll
  static void close() throws IOException {
    corpus.close();
    tokenizer.close();
  }

  private static ExampleSource source(boolean dynamic, Shard shard) {
    ExampleSettings settings =
        new ExampleSettings(48, 8, 0.15, 3, true, 0.1, PairObjective.SENTENCE_ORDER, dynamic);
    return CorpusExamples.training(settings, vocabulary, DocumentParts.all(corpus), shard);
  }

  private static PretrainingBatches.Settings settings(long seed) {
    return new PretrainingBatches.Settings(seed, 7, 8, 48, tokenizer.specialTokens().pad(), 40);
  }

  private static List<String> epoch(ExampleSource source, long seed, int epoch) {
    List<String> examples = new ArrayList<>();
    source
        .epoch(seed, epoch)
        .forEachRemaining(e -> examples.add(Arrays.toString(e.inputIds()) + e.label()));
    return examples;
  }

  private static List<String> unmasked(ExampleSource source, int epoch) {
    List<String> examples = new ArrayList<>();
    source.epoch(1, epoch).forEachRemaining(e -> examples.add(Arrays.toString(e.unmaskedIds())));
    return examples;
  }

  @Test
  void readsDocumentsAsTheyStand() {
    assertThat(corpus.documents()).isEqualTo(DOCUMENTS);
    assertThat(corpus.sentences()).isEqualTo(DOCUMENTS * 90L);
    assertThat(corpus.sentences(3)[5])
        .containsExactly(tokenizer.encode("document 3 says sentence 5 ."));
  }

  @Test
  void masksAreNewInEveryEpochUnlessFixed() {
    assertThat(epoch(source(true, Shard.WHOLE), 1, 0))
        .doesNotContainAnyElementsOf(
            epoch(source(true, Shard.WHOLE), 1, 1).stream().limit(20).toList());
    List<String> first = epoch(source(false, Shard.WHOLE), 1, 0);
    List<String> second = epoch(source(false, Shard.WHOLE), 1, 1);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    assertThat(epoch(source(true, Shard.WHOLE), 2, 0))
        .isNotEqualTo(epoch(source(true, Shard.WHOLE), 1, 0));
  }

  @Test
  void shardsTogetherHaveEveryExampleOnce() {
    List<String> together = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      together.addAll(unmasked(source(true, new Shard(i, 5)), 2));
    }
    assertThat(together)
        .containsExactlyInAnyOrderElementsOf(unmasked(source(true, Shard.WHOLE), 2));
  }

  @Test
  void goesOnFromAnyPlaceAsIfNeverStopped() {
    ExampleSource source = source(true, Shard.WHOLE);
    PretrainingBatches whole = new PretrainingBatches(source, settings(5), Place.START);
    for (int i = 0; i < 60; i++) {
      PretrainingBatch batch = whole.next();
      if (i % 13 == 0) {
        PretrainingBatch next = new PretrainingBatches(source, settings(5), batch.next()).next();
        assertThat(next).usingRecursiveComparison().isEqualTo(whole.next());
      }
    }
  }

  @Test
  void aBackgroundThreadChangesNothing() {
    ExampleSource source = source(true, Shard.WHOLE);
    PretrainingBatches direct = new PretrainingBatches(source, settings(5), Place.START);
    try (Prefetched<PretrainingBatch> ahead =
        new Prefetched<>(new PretrainingBatches(source, settings(5), Place.START), 4)) {
      for (int i = 0; i < 50; i++) {
        assertThat(ahead.next()).usingRecursiveComparison().isEqualTo(direct.next());
      }
    }
  }

  @Test
  void whatABackgroundThreadMeetsIsThrownInItsPlace() {
    Iterator<Integer> breaks = IntStream.of(1, 0).mapToObj(i -> 1 / i).iterator();
    try (Prefetched<Integer> ahead = new Prefetched<>(breaks, 4)) {
      assertThat(ahead.next()).isEqualTo(1);
      assertThatThrownBy(ahead::next).isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void aBoundedShuffleHasEverythingOnceAndNothingTooEarly() {
    BoundedShuffle<Integer> shuffled =
        new BoundedShuffle<>(IntStream.range(0, 1_000).iterator(), 50, new SplittableRandom(1));
    List<Integer> order = new ArrayList<>();
    shuffled.forEachRemaining(order::add);
    assertThat(order)
        .doesNotHaveDuplicates()
        .hasSize(1_000)
        .isNotEqualTo(order.stream().sorted().toList());
    for (int i = 0; i < order.size(); i++) {
      assertThat(order.get(i)).isLessThan(i + 50);
    }
  }

  @Test
  void heldOutDocumentsAreNeverTrainedOn() {
    DocumentParts.Split split = DocumentParts.split(corpus, 0.25, "corpus");
    List<Integer> train = documents(split.train());
    List<Integer> heldOut = documents(split.heldOut());
    assertThat(heldOut).hasSize(3).doesNotContainAnyElementsOf(train);
    assertThat(train).hasSize(DOCUMENTS - 3);
    assertThatThrownBy(() -> DocumentParts.split(corpus, 1.0, "corpus"))
        .hasMessageContaining("held_out_proportion 1.0 of 12 documents is 12");
  }

  private static List<Integer> documents(DocumentParts parts) {
    return parts.parts().stream().map(p -> p.corpus().document(p.index())).distinct().toList();
  }

  @Test
  void theUnigramModelHasItsClosedForm() {
    DocumentParts all = DocumentParts.all(corpus);
    int word = tokenizer.encode("sentence")[0];
    PretrainingExample masked =
        new PretrainingExample(
            new int[] {1, 2, 3}, new int[3], new int[3], new int[] {1}, new int[] {word}, 0);
    PretrainingBatch batch = PretrainingBatch.of(List.of(masked), 3, 4, 0, Place.START);
    double p = (DOCUMENTS * 90.0 + 1) / (corpus.tokens() + vocabulary.size());
    assertThat(new UnigramModel(all, vocabulary.size()).loss(List.of(batch)))
        .isCloseTo(-Math.log(p), org.assertj.core.api.Assertions.within(1e-12));
  }
}
