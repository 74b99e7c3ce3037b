package albert.datasets.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.tokenizer.SpecialTokens;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Packing and masking: what must hold whatever is drawn. */
final class ExampleBuilderTest {
  private static Tokenizer tokenizer;
  private static MaskingVocabulary vocabulary;
  private static int[][] others;

  @BeforeAll
  static void open() {
    tokenizer = Tokenizers.bundledBertUncased();
    vocabulary = MaskingVocabulary.of(tokenizer);
    others = IntStream.range(9_000, 9_100).mapToObj(id -> new int[] {id}).toArray(int[][]::new);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static int[] ids(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  /** Sentences whose ids count up, so that a place tells what stood there. */
  private static int[][] document(int sentences, int longest, SplittableRandom random) {
    int[][] document = new int[sentences][];
    int next = 2_000;
    for (int i = 0; i < sentences; i++) {
      int length = 1 + random.nextInt(longest);
      document[i] = ids(next, next + length);
      next += length;
    }
    return document;
  }

  private static List<PretrainingExample> build(
      int[][] document, ExampleSettings settings, boolean singles, long seed) {
    List<PretrainingExample> examples = new ArrayList<>();
    new ExampleBuilder(settings, vocabulary, singles)
        .build(document, random -> others, new SplittableRandom(seed), examples::add);
    return examples;
  }

  private static List<int[]> segments(PretrainingExample example) {
    int[] ids = example.unmaskedIds();
    List<int[]> segments = new ArrayList<>();
    int begin = 1;
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] == tokenizer.specialTokens().sep()) {
        segments.add(Arrays.copyOfRange(ids, begin, i));
        begin = i + 1;
      }
    }
    return segments;
  }

  @ParameterizedTest
  @EnumSource(PairObjective.class)
  void noTokenIsLostOrRepeatedWhereNothingIsCut(PairObjective objective) {
    ExampleSettings settings = ExampleSettings.published(64, objective);
    for (int seed = 0; seed < 50; seed++) {
      // sentences of one piece reach every length exactly
      int[][] document = document(1_000, 1, new SplittableRandom(seed));
      List<Integer> seen = new ArrayList<>();
      for (PretrainingExample example : build(document, settings, true, seed)) {
        assertThat(example.length()).isLessThanOrEqualTo(64);
        List<int[]> segments = segments(example);
        if (objective == PairObjective.SENTENCE_ORDER && example.label() == 1) {
          java.util.Collections.reverse(segments);
        }
        segments.forEach(
            segment -> Arrays.stream(segment).filter(id -> id < 9_000).forEach(seen::add));
      }
      assertThat(seen).isEqualTo(IntStream.range(2_000, 3_000).boxed().toList());
    }
  }

  @ParameterizedTest
  @EnumSource(PairObjective.class)
  void everySentenceStandsOnceAndOnlyEndsOfSegmentsAreCut(PairObjective objective) {
    ExampleSettings settings = ExampleSettings.published(64, objective);
    for (int seed = 0; seed < 100; seed++) {
      int[][] document = document(60, 40, new SplittableRandom(seed));
      int last = document[59][document[59].length - 1];
      int[] count = new int[last + 1];
      for (PretrainingExample example : build(document, settings, true, seed)) {
        assertThat(example.length()).isLessThanOrEqualTo(64);
        for (int[] segment : segments(example)) {
          assertThat(segment).isNotEmpty();
          for (int i = 1; i < segment.length; i++) {
            assertThat(segment[i]).isEqualTo(segment[i - 1] + 1);
          }
          Arrays.stream(segment).filter(id -> id <= last).forEach(id -> count[id]++);
        }
      }
      assertThat(Arrays.stream(count).max()).hasValue(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "3, true", "5, true"})
  void masksWithinBoundsAndNeverASpecialToken(int ngram, boolean wholeWords) {
    SpecialTokens special = tokenizer.specialTokens();
    int[] text = tokenizer.encode("unaffable antidisestablishmentarianism gurgled, whatsoever! ");
    int[][] document = new int[40][];
    Arrays.fill(document, text);
    ExampleSettings settings =
        new ExampleSettings(
            128, 20, 0.15, ngram, wholeWords, 0.1, PairObjective.SENTENCE_ORDER, true);
    for (PretrainingExample example : build(document, settings, true, 3)) {
      int[] positions = example.maskedPositions();
      int wanted = Math.min(20, Math.max(1, (int) Math.rint(example.length() * 0.15)));
      assertThat(positions.length).isBetween(ngram == 1 && !wholeWords ? wanted : 1, wanted);
      assertThat(positions).isSorted().doesNotHaveDuplicates();
      int[] original = example.unmaskedIds();
      for (int i = 0; i < positions.length; i++) {
        assertThat(original[positions[i]]).isNotIn(special.cls(), special.sep(), special.pad());
        int now = example.inputIds()[positions[i]];
        assertThat(now).isNotIn(special.cls(), special.sep(), special.pad(), special.unk());
      }
      if (wholeWords) {
        assertWholeWords(example);
      }
    }
  }

  private static void assertWholeWords(PretrainingExample example) {
    int[] original = example.unmaskedIds();
    boolean[] masked = new boolean[example.length()];
    Arrays.stream(example.maskedPositions()).forEach(p -> masked[p] = true);
    for (int i = 2; i < masked.length; i++) {
      boolean goesOn =
          !vocabulary.beginsWord(original[i])
              && original[i - 1] != tokenizer.specialTokens().sep()
              && example.tokenBoundary()[i] == 0;
      if (goesOn) {
        assertThat(masked[i]).isEqualTo(masked[i - 1]);
      }
    }
  }

  @Test
  void aSingleSentenceGetsARandomSecondAndIsLeftOutOfEvaluations() {
    int[][] document = {ids(2_000, 2_010)};
    ExampleSettings order = ExampleSettings.published(64, PairObjective.SENTENCE_ORDER);
    List<PretrainingExample> examples = build(document, order, true, 1);
    assertThat(examples).hasSize(1);
    assertThat(examples.get(0).label()).isEqualTo(1);
    assertThat(segments(examples.get(0)).get(1)[0]).isGreaterThanOrEqualTo(9_000);
    assertThat(build(document, order, false, 1)).isEmpty();
    assertThat(build(document, order.withObjective(PairObjective.NONE), false, 1)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = PairObjective.class,
      names = {"SENTENCE_ORDER", "NEXT_SENTENCE"})
  void halfOfThePairsHaveEachLabel(PairObjective objective) {
    ExampleSettings settings = ExampleSettings.published(64, objective);
    int ones = 0;
    int all = 0;
    for (int seed = 0; seed < 40; seed++) {
      for (PretrainingExample e :
          build(document(400, 12, new SplittableRandom(seed)), settings, false, seed)) {
        ones += e.label();
        all++;
      }
    }
    double deviation = Math.sqrt(0.25 / all);
    assertThat((double) ones / all).isBetween(0.5 - 3.3 * deviation, 0.5 + 3.3 * deviation);
  }
}
