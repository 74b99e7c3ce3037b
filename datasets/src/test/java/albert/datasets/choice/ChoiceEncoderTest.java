package albert.datasets.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.TestData;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.task.SplitName;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChoiceEncoderTest {
  private static final int CLS = 101;
  private static final int SEP = 102;

  @TempDir private Path folder;

  private static ChoiceQuestion question(String passage, String asked, String... choices) {
    return new ChoiceQuestion("q", "", passage, asked, List.of(choices), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "Who came?, ' She did. ', Who came? She did.",
    "He likes _ ., dogs, He likes dogs .",
    "He is _______ tall., quite, He is quite tall.",
    "_ and __, $1\\, $1\\ and $1\\",
    "'', x, ' x'",
  })
  void theChoiceStandsInTheGap(String asked, String choice, String expected) {
    assertThat(question("", asked, choice, "other").with(choice)).isEqualTo(expected);
  }

  @Test
  void aChoiceIsASequenceWithThePassageInFront() {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      List<EncodedChoice> sequences =
          new ChoiceEncoder(tokenizer, 32, 16)
              .encode(List.of(question("he runs", "who runs?", "he", "she")));
      assertThat(sequences).hasSize(2).noneMatch(EncodedChoice::cut);
      assertThat(sequences.get(1).sequence().inputIds())
          .containsExactly(CLS, 2002, 3216, SEP, 2040, 3216, 1029, 2016, SEP);
      assertThat(sequences.get(1).sequence().tokenTypeIds())
          .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1);
    }
  }

  /** Without a passage, its place is empty; with no room, it is as well. */
  @Test
  void thePassageGivesWay() {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      assertThat(ids(tokenizer, 32, 16, question("", "who", "he", "she")))
          .containsExactly(CLS, SEP, 2040, 2002, SEP);
      ChoiceQuestion long5 = question("he runs he runs he", "who runs? she runs", "he", "she");
      assertThat(ids(tokenizer, 11, 16, long5))
          .containsExactly(CLS, 2002, 3216, SEP, 2040, 3216, 1029, 2016, 3216, 2002, SEP);
      assertThat(ids(tokenizer, 11, 3, long5))
          .as("of the question the last pieces are kept")
          .containsExactly(CLS, 2002, 3216, 2002, 3216, 2002, SEP, 2016, 3216, 2002, SEP);
      assertThat(ids(tokenizer, 4, 128, long5)).containsExactly(CLS, SEP, 2002, SEP);
      assertThatThrownBy(() -> new ChoiceEncoder(tokenizer, 3, 128))
          .hasMessageContaining("max_seq_length is 3");
    }
  }

  private static int[] ids(Tokenizer tokenizer, int length, int asked, ChoiceQuestion question) {
    return new ChoiceEncoder(tokenizer, length, asked)
        .encode(List.of(question))
        .get(0)
        .sequence()
        .inputIds();
  }

  /** Google's race_utils.py, convert_single_example, line by line, on DREAM's first questions. */
  @ParameterizedTest
  @CsvSource({"64, 16", "128, 32", "512, 128"})
  void sequencesOfDreamAreThePublishedCodes(int maxSeqLength, int maxQaLength) {
    List<ChoiceQuestion> dream =
        ChoiceTask.DREAM
            .read(TestData.external("multiple-choice/dream"))
            .examples(SplitName.DEV)
            .subList(0, 300);
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      List<EncodedChoice> sequences =
          new ChoiceEncoder(tokenizer, maxSeqLength, maxQaLength).encode(dream);
      int row = 0;
      for (ChoiceQuestion question : dream) {
        for (String choice : question.choices()) {
          String text =
              question.question().contains("_")
                  ? question.question().replaceAll("_+", choice.replace("$", "\\$"))
                  : question.question() + " " + choice;
          List<Integer> ending = list(tokenizer.encode(text));
          ending = ending.subList(Math.max(0, ending.size() - maxQaLength), ending.size());
          List<Integer> context = list(tokenizer.encode(question.passage()));
          if (context.size() + ending.size() > maxSeqLength - 3) {
            context = context.subList(0, maxSeqLength - 3 - ending.size());
          }
          List<Integer> expected = new ArrayList<>(List.of(CLS));
          expected.addAll(context);
          expected.add(SEP);
          expected.addAll(ending);
          expected.add(SEP);
          List<Integer> types = new ArrayList<>(Collections.nCopies(context.size() + 2, 0));
          types.addAll(Collections.nCopies(ending.size() + 1, 1));
          assertThat(list(sequences.get(row).sequence().inputIds())).isEqualTo(expected);
          assertThat(list(sequences.get(row++).sequence().tokenTypeIds())).isEqualTo(types);
        }
      }
      assertThat(sequences).hasSize(row);
    }
  }

  private static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** A set that is kept in a file: the choices of a question stay in a row, as they are. */
  @Test
  void trainingSequencesAreThoseOfThePredictions() {
    List<ChoiceQuestion> questions = new ArrayList<>();
    for (int i = 0; i < 2_100; i++) {
      questions.add(
          new ChoiceQuestion(
              "q" + i, "", "text " + i, "who", List.of("a" + i, "b " + i, "c"), i % 3));
    }
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      ChoiceEncoder encoder = new ChoiceEncoder(tokenizer, 16, 8);
      List<EncodedExample> rows = encoder.train(questions, new FeatureCache(folder));
      assertThat(folder.toFile().list()).hasSize(1);
      List<EncodedChoice> expected = encoder.encode(questions);
      assertThat(rows).hasSameSizeAs(expected);
      for (int row = 0; row < rows.size(); row++) {
        assertThat(rows.get(row).sequence().inputIds())
            .isEqualTo(expected.get(row).sequence().inputIds());
        assertThat(rows.get(row).labels()).containsExactly(row / 3 % 3);
      }
    }
  }
}
