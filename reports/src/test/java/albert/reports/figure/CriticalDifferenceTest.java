package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class CriticalDifferenceTest {
  private static final Offset<Double> ROUNDED = Offset.offset(0.03);
  private static final double[] RANKS = {2.5, 1.25, 3.75, 2.5};

  @Test
  void theBestRankIsAtTheRight() throws Exception {
    List<double[]> marks = marks(new Drawn(plot(0, List.of())));
    assertThat(marks.get(1)[0]).isGreaterThan(marks.get(0)[0]);
    assertThat(marks.get(2)[0]).isLessThan(marks.get(0)[0]);
    assertThat(marks.get(3)[0]).isEqualTo(marks.get(0)[0]);
    double unit = (marks.get(1)[0] - marks.get(2)[0]) / 2.5;
    assertThat(marks.get(1)[0] - marks.get(0)[0]).isCloseTo(1.25 * unit, ROUNDED);
  }

  @Test
  void aBarReachesOverItsGroupAndLiesOnNoOther() throws Exception {
    Drawn drawn = new Drawn(plot(0, List.of(List.of(1, 0, 3), List.of(0, 2))));
    List<double[]> marks = marks(drawn);
    List<Element> bars = drawn.paths("stroke-width", "4.5");
    assertThat(bars).hasSize(2);
    List<double[]> first = Drawn.corners(bars.get(0));
    List<double[]> second = Drawn.corners(bars.get(1));
    assertThat(first.get(0)[0]).isCloseTo(marks.get(0)[0] - 4, ROUNDED);
    assertThat(first.get(1)[0]).isCloseTo(marks.get(1)[0] + 4, ROUNDED);
    assertThat(second.get(0)[0]).isCloseTo(marks.get(2)[0] - 4, ROUNDED);
    assertThat(second.get(1)[0]).isCloseTo(marks.get(0)[0] + 4, ROUNDED);
    assertThat(Math.abs(first.get(0)[1] - second.get(0)[1])).isGreaterThan(4.5);
  }

  @Test
  void theDifferenceIsAsLongAsOnTheAxis() throws Exception {
    Drawn drawn = new Drawn(plot(1.25, List.of()));
    List<double[]> marks = marks(drawn);
    Element bar =
        drawn.paths("stroke-width", "1.4").stream()
            .filter(e -> Drawn.corners(e).size() == 6)
            .findFirst()
            .orElseThrow();
    List<double[]> ends = Drawn.corners(bar);
    double shown = ends.get(1)[0] - ends.get(0)[0];
    assertThat(shown).isCloseTo(marks.get(1)[0] - marks.get(0)[0], ROUNDED);
    assertThat(drawn.texts()).contains("CD 1.25");
    assertThat(new Drawn(plot(0, List.of())).texts()).noneMatch(text -> text.startsWith("CD"));
  }

  @Test
  void allTextsAreInsideAndNoTwoCoverEachOther() throws Exception {
    for (int count : new int[] {2, 3, 8, 13}) {
      List<CriticalDifference.Model> models = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = "embedding_size " + i + ", sharing attention of all layers";
        models.add(new CriticalDifference.Model(name, i, 1 + i * (count - 1.0) / count));
      }
      IntervalPlotTest.textsApart(
          new CriticalDifference("n", "t", "d", models, List.of(List.of(0, 1)), 0.5).draw());
    }
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatThrownBy(() -> plot(0, List.of(List.of(0, 4)))).hasMessageContaining("no model 4");
    assertThatThrownBy(() -> plot(-1, List.of())).hasMessageContaining("difference -1.0");
    assertThatThrownBy(() -> new CriticalDifference.Model("a", 0, 0.5))
        .hasMessageContaining("model 'a' has rank 0.5");
    assertThatThrownBy(() -> new CriticalDifference("n", "t", "d", List.of(), List.of(), 0))
        .hasMessageContaining("0 models");
  }

  /** In the order of the models; each has a look of its own. */
  private static List<double[]> marks(Drawn drawn) {
    List<double[]> marks = new ArrayList<>();
    for (int i = 0; i < RANKS.length; i++) {
      List<Element> own = drawn.paths("class", Marker.of(i).cssClass());
      assertThat(own).hasSize(1);
      marks.add(Drawn.shift(own.get(0)));
    }
    return marks;
  }

  private static Figure plot(double difference, List<List<Integer>> groups) {
    List<CriticalDifference.Model> models = new ArrayList<>();
    for (int i = 0; i < RANKS.length; i++) {
      models.add(new CriticalDifference.Model("model " + i, i, RANKS[i]));
    }
    return new CriticalDifference("n", "t", "d", models, groups, difference).draw();
  }
}
