package albert.datasets.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.metric.SquadFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerSelectionTest {
  private static final String CONTEXT =
      "The cat and the dog saw the cat, and the Cat saw 12 dogs. Zoë's cat  saw nobody at all.";
  private static final SpanExample EXAMPLE =
      new SpanExample("q", "T", "who saw the cat", CONTEXT, List.of());

  @TempDir Path folder;

  /** Windows of eight pieces, five apart. */
  private static List<SpanWindow> windows() {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      return new SpanEncoder(tokenizer, 15, 5, 4).encode(List.of(EXAMPLE)).windows();
    }
  }

  private record Found(String text, double score) {}

  /** All spans of all windows one by one, the best with different texts. */
  private static List<Found> oracle(
      List<SpanWindow> windows, List<SpanOutput> outputs, int nBest, int longest) {
    List<Found> all = new ArrayList<>();
    for (int w = 0; w < windows.size(); w++) {
      SpanWindow window = windows.get(w);
      SpanOutput.Logits logits = (SpanOutput.Logits) outputs.get(w);
      for (int start = 0; start < window.sequence().length(); start++) {
        for (int end = start; end < window.sequence().length(); end++) {
          int first = start - window.contextStart();
          int last = end - window.contextStart();
          if (first >= 0
              && last < window.starts().length
              && window.maxContext()[first]
              && end - start + 1 <= longest) {
            String text = CONTEXT.substring(window.starts()[first], window.ends()[last]).strip();
            all.add(new Found(text, (double) logits.start()[start] + logits.end()[end]));
          }
        }
      }
    }
    all.sort(Comparator.comparingDouble((Found f) -> -f.score()));
    Set<String> seen = new HashSet<>();
    return all.stream().filter(found -> seen.add(found.text())).limit(nBest).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20, 1000})
  void independentLogitsGiveWhatTheOracleGives(int nBest) {
    List<SpanWindow> windows = windows();
    assertThat(windows).hasSizeGreaterThan(2);
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<SpanOutput> outputs = new ArrayList<>();
      for (SpanWindow window : windows) {
        outputs.add(
            new SpanOutput.Logits(
                floats(random, window.sequence().length(), round % 2 == 0),
                floats(random, window.sequence().length(), round % 2 == 0)));
      }
      int longest = 1 + random.nextInt(6);
      SpanPrediction prediction =
          new AnswerSelection(nBest, longest, false).select(EXAMPLE, windows, outputs);
      List<Found> expected = oracle(windows, outputs, nBest, longest);
      assertThat(prediction.nBest())
          .extracting(SpanPrediction.Candidate::text)
          .containsExactlyElementsOf(expected.stream().map(Found::text).toList());
      assertThat(prediction.nBest())
          .extracting(c -> c.startScore() + c.endScore())
          .containsExactlyElementsOf(expected.stream().map(Found::score).toList());
      assertThat(prediction.nBest().stream().mapToDouble(c -> c.probability()).sum())
          .isCloseTo(1, within(1e-9));
    }
  }

  /** Rounded ones have many ties. */
  private static float[] floats(Random random, int length, boolean rounded) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      float value = (float) random.nextGaussian();
      values[i] = rounded ? Math.round(value) : value;
    }
    return values;
  }

  @Test
  void noAnswerIsTheLeastOfTheWindows() {
    List<SpanWindow> windows = windows();
    List<SpanOutput> outputs = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      float[] start = new float[windows.get(i).sequence().length()];
      float[] end = new float[start.length];
      start[0] = 5 - i;
      end[0] = 1;
      outputs.add(new SpanOutput.Logits(start, end));
    }
    SpanWindow first = windows.get(0);
    SpanOutput.Logits logits = (SpanOutput.Logits) outputs.get(0);
    logits.start()[first.contextStart() + 1] = 2;
    logits.end()[first.contextStart() + 1] = 1.5f;
    double least = 6 - (windows.size() - 1);
    SpanPrediction prediction = new AnswerSelection(5, 3, true).select(EXAMPLE, windows, outputs);
    assertThat(prediction.bestAnswer()).isEqualTo("cat");
    assertThat(prediction.noAnswerScore()).isEqualTo(least - 3.5);
    assertThat(prediction.answer(least - 3.5)).isEqualTo("cat");
    assertThat(prediction.answer(least - 3.6)).isEmpty();
    assertThat(prediction.nBest()).hasSize(5).anyMatch(c -> c.text().isEmpty());
    SpanPrediction one = new AnswerSelection(1, 3, true).select(EXAMPLE, windows, outputs);
    assertThat(one.nBest()).hasSize(1);
    assertThat(one.bestAnswer()).isEqualTo("cat");
  }

  /** write_predictions: where no span is possible, the best one's logits are taken to be 0. */
  @Test
  void withoutAnyContextNoAnswerScoresAsPublished() {
    SpanExample empty = new SpanExample("e", "", "Who?", "", List.of());
    List<SpanWindow> windows;
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      windows = new SpanEncoder(tokenizer, 15, 5, 4).encode(List.of(empty)).windows();
    }
    int length = windows.get(0).sequence().length();
    float[] start = new float[length];
    float[] end = new float[length];
    start[0] = -1.5f;
    end[0] = 4;
    List<SpanOutput> outputs = List.of(new SpanOutput.Logits(start, end));
    for (boolean mayBeUnanswerable : new boolean[] {true, false}) {
      SpanPrediction prediction =
          new AnswerSelection(20, 30, mayBeUnanswerable).select(empty, windows, outputs);
      assertThat(prediction.noAnswerScore()).isEqualTo(2.5);
      assertThat(prediction.bestAnswer()).isEmpty();
      assertThat(prediction.nBest()).hasSize(1);
      assertThat(prediction.nBest().get(0).probability()).isEqualTo(1);
    }
  }

  @Test
  void aBeamIsReadAsThePublishedCodeReadsIt() {
    List<SpanWindow> windows = windows().subList(0, 2);
    int context = windows.get(0).contextStart();
    SpanOutput first =
        new SpanOutput.Beam(
            new float[] {-0.1f, -0.2f, -0.3f},
            new int[] {context + 1, 2, 0},
            // a span, one that ends before it begins, one too long; the question; [CLS]
            new float[] {-0.5f, -0.1f, -0.2f, -0.1f, -0.1f, -0.1f, -0.1f, -0.1f, -0.1f},
            new int[] {context + 1, context, context + 5, 2, 3, 4, 0, 0, 0},
            2.5f);
    SpanOutput second =
        new SpanOutput.Beam(
            new float[] {-0.4f}, new int[] {context}, new float[] {-0.1f}, new int[] {context}, 2f);
    SpanPrediction prediction =
        new AnswerSelection(20, 4, true).select(EXAMPLE, windows, List.of(first, second));
    assertThat(prediction.nBest()).hasSize(1);
    assertThat(prediction.nBest().get(0).text()).isEqualTo("cat");
    assertThat(prediction.nBest().get(0).startScore()).isEqualTo(-0.1f);
    assertThat(prediction.nBest().get(0).endScore()).isEqualTo(-0.5f);
    assertThat(prediction.noAnswerScore()).isEqualTo(2);
    assertThat(prediction.answer(1.9)).isEmpty();
    SpanOutput nothing =
        new SpanOutput.Beam(new float[] {-1}, new int[] {0}, new float[] {-1}, new int[] {0}, 1f);
    SpanPrediction none =
        new AnswerSelection(20, 4, true).select(EXAMPLE, windows, List.of(nothing, nothing));
    assertThat(none.bestAnswer()).isEmpty();
    assertThat(none.nBest()).hasSize(1);
  }

  @Test
  void scoresThatAreNoNumberAreNotReplaced() {
    List<SpanWindow> windows = windows().subList(0, 1);
    float[] nan = new float[windows.get(0).sequence().length()];
    nan[windows.get(0).contextStart()] = Float.NaN;
    List<SpanOutput> outputs = List.of(new SpanOutput.Logits(nan, nan));
    AnswerSelection selection = AnswerSelection.of(SquadTask.V2_0);
    assertThatThrownBy(() -> selection.select(EXAMPLE, windows, outputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new AnswerSelection(0, 30, true))
        .hasMessageContaining("n_best_size is 0");
  }

  @Test
  void filesAreThoseOfThePublishedScripts() throws IOException {
    List<SpanPrediction> predictions =
        List.of(
            new SpanPrediction(
                "a\"1",
                List.of(
                    new SpanPrediction.Candidate("Zoë \u2028\"\\ \ud83d\ude00", 0.75, 1, 2, 3),
                    SpanPrediction.Candidate.none(0.25, 0, 0)),
                -3.5),
            new SpanPrediction(
                "b", List.of(SpanPrediction.Candidate.none(1, 0, 0)), Double.POSITIVE_INFINITY));
    SpanFiles.write(folder, predictions, 0, true);
    assertThat(SquadFiles.predictions(folder.resolve(SpanFiles.PREDICTIONS)))
        .isEqualTo(Map.of("a\"1", "Zoë \u2028\"\\ \ud83d\ude00", "b", ""));
    assertThat(SquadFiles.noAnswerProbabilities(folder.resolve(SpanFiles.NULL_ODDS)))
        .isEqualTo(Map.of("a\"1", -3.5, "b", Double.MAX_VALUE));
    assertThat(Files.readString(folder.resolve(SpanFiles.N_BEST)).replaceAll("\\s+", ""))
        .contains("{\"text\":\"\",\"probability\":0.25,\"start_logit\":0.0,\"end_logit\":0.0}");
    SpanFiles.write(folder.resolve("v1"), predictions, -9, false);
    assertThat(SquadFiles.predictions(folder.resolve("v1").resolve(SpanFiles.PREDICTIONS)))
        .containsEntry("a\"1", "Zoë \u2028\"\\ \ud83d\ude00");
    assertThat(folder.resolve("v1").resolve(SpanFiles.NULL_ODDS)).doesNotExist();
  }
}
