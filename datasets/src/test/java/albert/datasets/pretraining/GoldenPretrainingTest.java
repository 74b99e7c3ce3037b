package albert.datasets.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import albert.datasets.TestData;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against the files and figures of the published script. */
@Tag("golden")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoldenPretrainingTest {
  private static final int EXAMPLES = 6_000;

  @TempDir private Path folder;
  private @Nullable Tokenizer tokenizer;
  private @Nullable MaskingVocabulary vocabulary;

  @AfterAll
  void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> pretraining() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(TestData.golden("pretraining"), "*.{json,tfrecord}")) {
      for (Path file : files) {
        boolean figures = file.toString().endsWith(".json");
        tests.add(
            dynamicTest(
                "pretraining/" + file.getFileName(),
                () -> {
                  if (figures) {
                    checkFigures(new ObjectMapper().readTree(file.toFile()));
                  } else {
                    checkRecords(file);
                  }
                }));
      }
    }
    assertThat(tests).as("cases in pretraining").isNotEmpty();
    return tests.stream();
  }

  private MaskingVocabulary vocabulary() {
    if (vocabulary == null) {
      tokenizer = Tokenizers.open(TestData.external("vocab/albert/30k-clean.model"));
      vocabulary = MaskingVocabulary.of(tokenizer);
    }
    return vocabulary;
  }

  /** Every record is read; written and read again it is the same; words begin where they do. */
  private void checkRecords(Path file) throws IOException {
    MaskingVocabulary pieces = vocabulary();
    ExampleSettings settings = ExampleSettings.published(128, PairObjective.SENTENCE_ORDER);
    List<PretrainingExample> published = read(file, settings, pieces);
    assertThat(published).isNotEmpty();
    for (PretrainingExample example : published) {
      assertThat(boundaries(example.unmaskedIds(), pieces)).isEqualTo(example.tokenBoundary());
      int[] masked = example.inputIds();
      for (int position : example.maskedPositions()) {
        assertThat(example.unmaskedIds()[position])
            .isNotIn(pieces.special().cls(), pieces.special().sep());
        assertThat(masked[position]).isBetween(0, pieces.size() - 1);
      }
    }
    Path again = folder.resolve(file.getFileName() + ".gz");
    RecordExamples.write(again, published.iterator(), settings, pieces.special().pad());
    assertThat(read(again, settings, pieces))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(published);
  }

  private static List<PretrainingExample> read(
      Path file, ExampleSettings settings, MaskingVocabulary pieces) {
    List<PretrainingExample> examples = new ArrayList<>();
    new RecordExamples(List.of(file), settings, pieces, Shard.WHOLE)
        .epoch(1, 0)
        .forEachRemaining(examples::add);
    return examples;
  }

  private static int[] boundaries(int[] ids, MaskingVocabulary pieces) {
    int[] boundaries = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      boolean special = ids[i] == pieces.special().cls() || ids[i] == pieces.special().sep();
      boundaries[i] = special || pieces.beginsWord(ids[i]) ? 1 : 0;
    }
    return boundaries;
  }

  /** The figures that hardly depend on the text; lengths do, and the published text is another. */
  private void checkFigures(JsonNode golden) throws IOException {
    MaskingVocabulary pieces = vocabulary();
    JsonNode given = golden.get("settings");
    ExampleSettings settings =
        new ExampleSettings(
            given.get("max_seq_length").intValue(),
            given.get("max_predictions_per_seq").intValue(),
            given.get("masked_lm_prob").doubleValue(),
            given.get("ngram").intValue(),
            given.get("do_whole_word_mask").booleanValue(),
            given.get("short_seq_prob").doubleValue(),
            given.get("random_next_sentence").booleanValue()
                ? PairObjective.NEXT_SENTENCE
                : PairObjective.SENTENCE_ORDER,
            true);
    Corpus corpus = Corpus.of(TestData.golden("pretraining/text.txt"), CorpusFormat.SENTENCES);
    MaskingFigures figures = new MaskingFigures(pieces);
    try (TokenizedCorpus tokens =
        TokenizedCorpus.open(
            folder.resolve("tokens"),
            corpus,
            corpus.sha256(),
            java.util.Objects.requireNonNull(tokenizer),
            "0".repeat(64))) {
      ExampleSource source =
          CorpusExamples.training(settings, pieces, DocumentParts.all(tokens), Shard.WHOLE);
      for (int epoch = 0; figures.examples() < EXAMPLES; epoch++) {
        Iterator<PretrainingExample> examples = source.epoch(7, epoch);
        examples.forEachRemaining(figures::add);
      }
    }
    figures.check(golden);
    double published = golden.get("predictions_per_token").doubleValue();
    assertThat(figures.predictionsPerToken()).isCloseTo(published, within(0.0015));
    assertThat(figures.labelOne()).isCloseTo(golden.get("label_one").doubleValue(), within(0.03));
  }
}
