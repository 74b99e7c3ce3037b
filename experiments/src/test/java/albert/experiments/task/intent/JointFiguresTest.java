package albert.experiments.task.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.metric.MetricValue;
import albert.experiments.task.intent.JointFigures.Frame;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class JointFiguresTest {

  /** An intent or a tag that train lacks is wrong, and so is its sentence. */
  @Test
  void figuresWorkedByHand() {
    List<Frame> gold =
        List.of(
            new Frame("play", List.of("O", "B-song", "I-song")),
            new Frame("rate", List.of("B-book", "O")),
            new Frame("unknown", List.of("O")),
            new Frame("play", List.of("B-unknown")));
    List<Frame> given =
        List.of(
            new Frame("play", List.of("O", "B-song", "I-song")),
            new Frame("rate", List.of("B-book", "B-book")),
            new Frame("play", List.of("O")),
            new Frame("play", List.of("B-song")));
    Map<String, MetricValue> figures = JointFigures.of(gold, given);
    assertThat(of(figures, "sentence_accuracy").orNaN()).isEqualTo(0.25);
    assertThat(of(figures, "intent_accuracy").orNaN()).isEqualTo(0.75);
    // gold has 3 slots, 4 are predicted, 2 of them right
    assertThat(of(figures, "slot_f1").orNaN()).isCloseTo(2 * 2.0 / (3 + 4), within(1e-15));
  }

  @Test
  void ofNoSentenceNothingIsDefined() {
    assertThat(JointFigures.of(List.of(), List.of()).values())
        .hasSize(3)
        .allMatch(value -> value.value() == null);
  }

  private static MetricValue of(Map<String, MetricValue> figures, String name) {
    return Objects.requireNonNull(figures.get(name));
  }
}
