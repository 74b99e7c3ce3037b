package albert.datasets.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.TestData;
import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.SplitName;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.metric.SquadFiles;
import albert.evaluation.metric.SquadScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpanEncoderTest {

  private static SpanExample example(String context, String question, String answer) {
    int start = context.indexOf(answer);
    return new SpanExample("q", "T", question, context, List.of(new SpanAnswer(answer, start)));
  }

  /** Every window's layout by the published rules, on a text of single-piece words. */
  @Test
  void windowsOverlapByTheStrideAndKnowTheirAnswer() {
    String context = "the man went to the store and bought a gallon of milk";
    SpanExample example = example(context, "what did he go and buy", "bought a");
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      // room for 5 pieces of context after a question cut to 3
      SpanWindows windows = new SpanEncoder(tokenizer, 11, 2, 3).encode(List.of(example));
      assertThat(windows.windows()).hasSize(5);
      int[] pieces = tokenizer.encode(context);
      int[] question = tokenizer.encode("what did he");
      for (int i = 0; i < 5; i++) {
        SpanWindow window = windows.windows().get(i);
        int from = 2 * i;
        int length = Math.min(5, 12 - from);
        assertThat(window.contextStart()).isEqualTo(5);
        assertThat(window.contextLength()).isEqualTo(length);
        int[] ids = window.sequence().inputIds();
        assertThat(ids).hasSize(6 + length).startsWith(101, question[0], question[1], question[2]);
        assertThat(ids[4]).isEqualTo(102);
        assertThat(ids[ids.length - 1]).isEqualTo(102);
        for (int j = 0; j < length; j++) {
          assertThat(ids[5 + j]).isEqualTo(pieces[from + j]);
          assertThat(window.sequence().tokenTypeIds()[5 + j]).isEqualTo(1);
        }
        boolean inside = from <= 7 && 8 < from + length;
        assertThat(window.hasAnswer()).isEqualTo(inside);
        assertThat(window.startPosition()).isEqualTo(inside ? 7 - from + 5 : 0);
        assertThat(window.endPosition()).isEqualTo(inside ? 8 - from + 5 : 0);
      }
      // "bought" has one piece on its smaller side in two windows, and the first is taken
      assertThat(best(windows, 7)).isEqualTo(2);
      assertThat(best(windows, 0)).isZero();
      assertThat(best(windows, 11)).isEqualTo(4);
    }
  }

  private static int best(SpanWindows windows, int piece) {
    List<Integer> best = new ArrayList<>();
    for (int i = 0; i < windows.windows().size(); i++) {
      int at = piece - 2 * i;
      SpanWindow window = windows.windows().get(i);
      if (at >= 0 && at < window.contextLength() && window.maxContext()[at]) {
        best.add(i);
      }
    }
    assertThat(best).hasSize(1);
    return best.get(0);
  }

  @Test
  void emptyTextsAndUnknownAnswersHaveAWindowWithoutAnswer() {
    SpanExample empty = new SpanExample("a", "T", "", "", List.of());
    SpanExample lost = new SpanExample("b", "T", "x", "y", List.of(new SpanAnswer("z", -1)));
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      SpanWindows windows = new SpanEncoder(tokenizer, 16, 4, 4).encode(List.of(empty, lost));
      assertThat(windows.windows()).hasSize(2).noneMatch(SpanWindow::hasAnswer);
      assertThat(windows.windows().get(0).sequence().inputIds()).containsExactly(101, 102, 102);
      EncodedBatch batch = new Batcher(windows.examples(), 2, 0).evaluation().get(0);
      assertThat(batch.rows()).containsExactly(1, 0);
      assertThat(batch.labels()).isDeepEqualTo(new double[][] {{0, 0}, {0, 0}});
      assertThat(windows.windows().get(1).isAllowed(0)).isTrue();
      assertThat(windows.windows().get(1).isAllowed(2)).isFalse();
      assertThat(windows.windows().get(1).isAllowed(3)).isTrue();
      assertThatThrownBy(() -> new SpanEncoder(tokenizer, 67, 128, 64))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("max_seq_length is 67");
    }
  }

  /**
   * Logits that point at the gold pieces give the gold text, but where an answer begins or ends
   * inside of a piece ("19" of "1990s") or is longer than a window shows.
   */
  @ParameterizedTest
  @CsvSource({
    "V1_1, bundled, 96, 99.3",
    "V2_0, bundled, 64, 99.1",
    "V1_1, vocab/albert/30k-clean.model, 384, 98.0",
    "V2_0, vocab/albert/30k-clean.model, 128, 98.0",
    "V1_1, vocab/bert-base-uncased/vocab.txt, 384, 99.3",
  })
  void perfectLogitsGiveTheGoldText(SquadTask task, String which, int length, double least)
      throws IOException {
    List<SpanExample> examples = task.read(TestData.external("squad")).examples(SplitName.DEV);
    try (Tokenizer tokenizer = open(which)) {
      SpanWindows windows = new SpanEncoder(tokenizer, length, 32, 24).encode(examples);
      List<SpanOutput> outputs = windows.windows().stream().map(SpanEncoderTest::perfect).toList();
      AnswerSelection selection = new AnswerSelection(3, 200, task.hasUnanswerable());
      List<SpanPrediction> predictions = selection.select(examples, windows, outputs);
      Set<Integer> exact = exact(examples, windows);
      Map<String, String> answers = new HashMap<>();
      for (int i = 0; i < examples.size(); i++) {
        SpanExample example = examples.get(i);
        String answer = predictions.get(i).answer(0);
        answers.put(example.id(), answer);
        if (!example.isAnswerable()) {
          assertThat(answer).isEmpty();
        } else if (exact.contains(i)) {
          assertThat(answer).isEqualTo(example.target().orElseThrow().text().strip());
        }
      }
      Path file = TestData.external("squad/" + task.files().get(SplitName.DEV));
      assertThat(exactMatch(task, file, answers)).isGreaterThan(least);
    }
  }

  private static double exactMatch(SquadTask task, Path file, Map<String, String> answers)
      throws IOException {
    return task.hasUnanswerable()
        ? SquadScores.v2(SquadFiles.questions(file), answers).getOrDefault("exact", -1.0)
        : SquadScores.v1(SquadFiles.questions(file), answers).getOrDefault("exact_match", -1.0);
  }

  private static Tokenizer open(String which) {
    return which.equals("bundled")
        ? Tokenizers.bundledBertUncased()
        : Tokenizers.open(TestData.external(which));
  }

  private static SpanOutput perfect(SpanWindow window) {
    float[] start = new float[window.sequence().length()];
    float[] end = new float[window.sequence().length()];
    start[window.startPosition()] = 10;
    end[window.endPosition()] = 10;
    return new SpanOutput.Logits(start, end);
  }

  /**
   * The questions whose answer begins and ends where pieces do, and is not longer than what the
   * window with the most context around its beginning shows.
   */
  private static Set<Integer> exact(List<SpanExample> examples, SpanWindows windows) {
    Set<Integer> exact = new HashSet<>();
    for (SpanWindow window : windows.windows()) {
      if (window.hasAnswer()) {
        SpanAnswer answer = examples.get(window.example()).target().orElseThrow();
        String text = answer.text();
        int from = answer.start() + text.indexOf(text.strip());
        int first = window.startPosition() - window.contextStart();
        int last = window.endPosition() - window.contextStart();
        if (window.maxContext()[first]
            && window.starts()[first] == from
            && window.ends()[last] == from + text.strip().length()) {
          exact.add(window.example());
        }
      }
    }
    return exact;
  }

  @Test
  void everyPieceHasItsMostContextInOneWindowAlone() {
    List<SpanExample> examples =
        SquadTask.V1_1.read(TestData.external("squad")).examples(SplitName.DEV).subList(0, 50);
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      SpanWindows windows = new SpanEncoder(tokenizer, 64, 16, 24).encode(examples);
      for (int i = 0; i < examples.size(); i++) {
        int pieces = tokenizer.encode(examples.get(i).context()).length;
        int example = i;
        long most =
            windows.windows().stream()
                .filter(window -> window.example() == example)
                .flatMapToInt(
                    w -> IntStream.range(0, w.contextLength()).filter(j -> w.maxContext()[j]))
                .count();
        assertThat(most).isEqualTo(pieces);
      }
    }
  }
}
