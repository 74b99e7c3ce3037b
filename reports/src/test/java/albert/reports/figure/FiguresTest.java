package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FiguresTest {
  private static final String HOSTILE = "</text><script>alert(1)</script> & \u0000";

  @Test
  void theFrontIsWhatNoOtherPointBeats() {
    List<ScatterPoint> points =
        List.of(point("a", 1, 0.5), point("b", 2, 0.4), point("c", 3, 0.9), point("d", 3, 0.8));
    assertThat(names(Front.LESS.of(points))).containsExactly("a", "c");
    assertThat(names(Front.MORE.of(points))).containsExactly("c");
    assertThat(Front.NONE.of(points)).isEmpty();
    // of two equal ones the first stays
    assertThat(names(Front.LESS.of(List.of(point("a", 1, 0.5), point("b", 1, 0.5)))))
        .containsExactly("a");
  }

  @Test
  void everyFigureIsWellFormedWhateverItsTextsAre() throws Exception {
    LinePlot.Curve curve =
        new LinePlot.Curve(
            HOSTILE, 1, List.of(new LinePlot.Point(0, 1, 0.1), new LinePlot.Point(9, 2, 0)));
    List<HeatMap.Field> row = new ArrayList<>();
    row.add(new HeatMap.Field(0.5, HOSTILE, HOSTILE));
    row.add(null);
    List<Figure> figures =
        List.of(
            new LinePlot("a", HOSTILE, HOSTILE, HOSTILE, HOSTILE, List.of(curve)).draw(),
            new IntervalPlot(
                    "b",
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    List.of(new IntervalPlot.Line(HOSTILE, HOSTILE, 2, -1, -2, 1, HOSTILE)))
                .draw(),
            new HeatMap(
                    "c",
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    List.of(HOSTILE, "2"),
                    List.of("1"),
                    List.of(row))
                .draw());
    for (Figure figure : figures) {
      for (String svg : List.of(figure.inline(), figure.standAlone())) {
        Document drawing = parsed(svg);
        assertThat(drawing.getElementsByTagName("script").getLength()).isZero();
        assertThat(drawing.getElementsByTagName("desc").getLength()).isEqualTo(1);
        assertThat(svg).doesNotContain("NaN", "Infinity");
      }
    }
  }

  @Test
  void aBandReachesFromMeanMinusToMeanPlusDeviation() throws Exception {
    LinePlot.Curve curve =
        new LinePlot.Curve(
            "c", 0, List.of(new LinePlot.Point(0, 10, 2), new LinePlot.Point(4, 20, 2)));
    String svg = new LinePlot("a", "t", "d", "x", "y", List.of(curve)).draw().inline();
    assertThat(svg).contains("fill-opacity=\"0.16\"");
    assertThat(parsed(svg).getElementsByTagName("path").getLength()).isGreaterThan(4);
  }

  @Test
  void figuresThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> new LinePlot.Point(Double.NaN, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IntervalPlot.Line("a", "", 0, 3, 0, 2, ""))
        .hasMessageContaining("line 'a' is 3.0 in 0.0 to 2.0");
  }

  private static List<String> names(List<ScatterPoint> points) {
    return points.stream().map(ScatterPoint::label).toList();
  }

  private static ScatterPoint point(String name, double x, double y) {
    return new ScatterPoint(name, 0, x, 0, y, 0, name);
  }

  private static Document parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new java.io.StringReader(svg)));
  }
}
