package albert.experiments.task.summary;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.summary.SummaryDocument;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtractTest {
  private static final SummaryDocument DOCUMENT =
      new SummaryDocument(
          "d",
          null,
          List.of(" ", "the cat sat down", "Then the cat, sat!", "a dog", "a\n dog "),
          List.of(),
          List.of());

  private static List<Integer> best(int most, boolean blocking, Float... scores) {
    return Extract.best(DOCUMENT, List.of(scores), new SummaryConfig(most, blocking)).sentences();
  }

  @Test
  void theBestAreTakenInTheDocumentsOrder() {
    assertThat(best(2, false, .9f, .1f, .7f, .2f, .8f)).containsExactly(2, 4);
    assertThat(best(9, false, .9f, .1f, .7f, .2f, .8f))
        .as("a blank sentence is none")
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void ofEqualScoresTheFirstIsTaken() {
    assertThat(best(2, false, .5f, .5f, .5f, .5f, .5f)).containsExactly(1, 2);
  }

  /** The words "the cat sat" are in both; two words in a row block nothing. */
  @Test
  void blockingLeavesOutWhatRepeatsThreeWords() {
    assertThat(best(2, true, .5f, .8f, .7f, .2f, .1f)).containsExactly(1, 3);
    assertThat(best(4, true, .5f, .8f, .7f, .2f, .1f)).containsExactly(1, 3, 4);
  }

  @Test
  void theFirstSentencesAreThoseWithText() {
    assertThat(Extract.lead(DOCUMENT, 2).sentences()).containsExactly(1, 2);
    assertThat(DOCUMENT.lines(List.of(1, 4))).isEqualTo("the cat sat down\na dog");
  }
}
