package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class IntervalPlotTest {
  private static final Offset<Double> ROUNDED = Offset.offset(0.03);

  @Test
  void theOuterIntervalIsThinAndLonger() throws Exception {
    Drawn drawn = new Drawn(plot(0, line("a", -1, -2, 0, -3, 2)));
    Element thick = drawn.paths("stroke-width", "3.5").get(0);
    List<double[]> inner = Drawn.corners(thick);
    Element thin =
        drawn.paths("class", thick.getAttribute("class")).stream()
            .filter(e -> !e.hasAttribute("stroke-width"))
            .findFirst()
            .orElseThrow();
    List<double[]> outer = Drawn.corners(thin);
    double unit = (inner.get(1)[0] - inner.get(0)[0]) / 2;
    assertThat(unit).isPositive();
    assertThat(inner.get(0)[0] - outer.get(0)[0]).isCloseTo(unit, ROUNDED);
    assertThat(outer.get(1)[0] - inner.get(1)[0]).isCloseTo(2 * unit, ROUNDED);
    assertThat(inner).as("no caps").hasSize(2);
    assertThat(outer).as("caps at both ends").hasSize(6);
  }

  @Test
  void theBandReachesTheMarginToBothSidesOfNothing() throws Exception {
    Drawn drawn = new Drawn(plot(0.5, line("a", -1, -2, 0, -2, 0)));
    Element band = drawn.paths("class", "shade").get(0);
    double left = Drawn.corners(band).get(0)[0];
    double right = Drawn.corners(band).get(1)[0];
    List<double[]> interval = Drawn.corners(drawn.paths("stroke-width", "2").get(0));
    double unit = (interval.get(1)[0] - interval.get(0)[0]) / 2;
    assertThat(right - left).isCloseTo(unit, ROUNDED);
    assertThat((left + right) / 2).as("where 0 is").isCloseTo(interval.get(1)[0], ROUNDED);
    assertThat(FigureStyle.CSS).contains(".figure .shade{fill:", ".figure .rule{stroke:");
  }

  @Test
  void theLegendSaysWhatIsThereAlone() throws Exception {
    assertThat(texts(plot(0, line("a", -1, -2, 0, -2, 0))))
        .noneMatch(text -> text.matches("(thick|thin|shaded|interval).*"));
    assertThat(texts(plot(0, line("a", -1, -2, 0, -3, 0))))
        .contains("thick: interval of each alone", "thin: interval of all at once")
        .noneMatch(text -> text.startsWith("shaded"));
    assertThat(texts(plot(0.005, line("a", -1, -1, -1, -1, -1))))
        .contains("shaded: within ±0.005")
        .noneMatch(text -> text.matches("(thick|thin|interval).*"));
    assertThat(texts(plot(0.005, line("a", -1, -2, 0, -2, 0)))).contains("interval");
  }

  @Test
  void allTextsAreInsideAndNoTwoCoverEachOther() throws Exception {
    List<IntervalPlot.Line> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "embedding_size " + 100 * i + ", sharing attention, and " + "more ".repeat(9);
      lines.add(line(name, -0.01 * i, -0.01 * i - 0.004, 0, -0.08, 0.09));
    }
    textsApart(plot(0.01, lines.toArray(IntervalPlot.Line[]::new)));
  }

  @Test
  void intervalsThatDoNotHoldTheValueAreRefused() {
    assertThatThrownBy(() -> line("a", 3, 0, 2, 0, 2))
        .hasMessage("line 'a' is 3.0 in 0.0 to 2.0 in 0.0 to 2.0");
    assertThatThrownBy(() -> line("a", 1, 0, 2, 0.5, 2)).hasMessageContaining("line 'a'");
    assertThatThrownBy(() -> line("a", 1, 0, 2, 0, Double.POSITIVE_INFINITY))
        .hasMessageContaining("line 'a'");
    assertThatThrownBy(() -> plot(-1, line("a", 1, 0, 2, 0, 2)))
        .hasMessageContaining("margin -1.0");
  }

  /** All texts lie on the drawing, and apart. */
  static void textsApart(Figure figure) throws Exception {
    Drawn drawn = new Drawn(figure);
    List<Box> boxes = drawn.all("text").stream().map(Drawn::box).toList();
    for (int i = 0; i < boxes.size(); i++) {
      assertThat(drawn.bounds().contains(boxes.get(i)))
          .as("%s at %s is inside", drawn.texts().get(i), boxes.get(i))
          .isTrue();
      for (int j = 0; j < i; j++) {
        assertThat(boxes.get(i).overlaps(boxes.get(j)))
            .as("%s and %s", drawn.texts().get(i), drawn.texts().get(j))
            .isFalse();
      }
    }
  }

  private static List<String> texts(Figure figure) throws Exception {
    return new Drawn(figure).texts();
  }

  private static Figure plot(double margin, IntervalPlot.Line... lines) {
    String words = "accuracy, variant minus baseline, 95 % interval over seeds";
    return new IntervalPlot("a", "t", "d", words, List.of(lines), margin).draw();
  }

  private static IntervalPlot.Line line(
      String name, double value, double low, double high, double outerLow, double outerHigh) {
    return new IntervalPlot.Line(name, "−12 %", 1, value, low, high, outerLow, outerHigh, name);
  }
}
