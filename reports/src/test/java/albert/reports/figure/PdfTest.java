package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PdfTest {
  private static final double POINTS = 0.75;

  @ParameterizedTest
  @CsvSource({
    "−0.5 ± 0.1 ≠ R², −0.5 ± 0.1 ≠ R²",
    "café Жук λ, café Жук λ",
    "naïve → ≤ Δ, naïve → ≤ Δ",
    "中文, ??",
    "😀 x, 😀 x",
    "🦆 x, ? x",
    "'a\u202Eb\u0007c', ab c"
  })
  void textIsText(String label, String shown) throws IOException {
    assertThat(text(plot(label).pdf())).contains(shown);
  }

  @Test
  void allTextsOfTheSvgAreThere() throws Exception {
    Figure figure = plot("embedding_size 128");
    String text = text(figure.pdf()).replaceAll("\\s+", " ");
    for (String words : new Drawn(figure).texts()) {
      assertThat(text).contains(words);
    }
  }

  @Test
  void equalFiguresGiveEqualBytesWithoutADate() throws IOException {
    byte[] first = plot("café").pdf();
    assertThat(plot("café").pdf()).isEqualTo(first);
    assertThat(plot("cafe").pdf()).isNotEqualTo(first);
    try (PDDocument document = Loader.loadPDF(first)) {
      assertThat(document.getDocumentInformation().getCreationDate()).isNull();
      assertThat(document.getDocumentInformation().getModificationDate()).isNull();
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("title");
      assertThat(document.getDocumentInformation().getSubject()).isEqualTo("words");
      assertThat(document.getNumberOfPages()).isEqualTo(1);
    }
    assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("CreationDate");
  }

  @Test
  void itsFontIsInside() throws IOException {
    try (PDDocument document = Loader.loadPDF(plot("a").pdf())) {
      PDPage page = document.getPage(0);
      List<Boolean> embedded = new ArrayList<>();
      for (var name : page.getResources().getFontNames()) {
        embedded.add(page.getResources().getFont(name).isEmbedded());
      }
      assertThat(embedded).containsExactly(true);
      assertThat(page.getResources().getXObjectNames()).as("pictures of pixels").isEmpty();
    }
  }

  /** The same places in both formats: the mark of each line, and the ground where nothing is. */
  @Test
  void marksAreWhereTheSvgHasThem() throws Exception {
    Figure figure = plot("a");
    Drawn drawn = new Drawn(figure);
    BufferedImage image = image(figure.pdf());
    assertThat(image.getWidth()).isEqualTo((int) (drawn.bounds().right() * 2));
    for (int series = 1; series <= 2; series++) {
      Marker marker = Marker.of(series);
      double[] at = Drawn.shift(drawn.paths("class", marker.cssClass()).get(0));
      assertThat(colour(image, at[0], at[1])).isEqualTo(marker.colour());
      assertThat(colour(image, at[0], at[1] - 15)).isNotEqualTo(marker.colour());
    }
    assertThat(colour(image, 2, 2)).isEqualTo(FigureStyle.GROUND);
  }

  @ParameterizedTest
  @EnumSource(Marker.class)
  void everyMarkIsDrawnAsLargeAsItIs(Marker marker) throws IOException {
    Extent extent = new Extent();
    PathData.draw(marker.path(), extent);
    assertThat(extent.high).isBetween(2.9, 7.01);
    assertThat(extent.low).isBetween(-7.01, -2.9);
    assertThat(extent.closed).isEqualTo(1);
  }

  @Test
  void aHalfCircleKeepsItsRadius() throws IOException {
    Extent extent = new Extent();
    PathData.draw("M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", extent);
    assertThat(extent.curves).hasSize(4);
    for (double[] curve : extent.curves) {
      for (double t : new double[] {0, 0.25, 0.5, 0.75, 1}) {
        double x = bezier(curve, 0, t);
        double y = bezier(curve, 1, t);
        assertThat(Math.hypot(x, y)).isCloseTo(5, Offset.offset(0.01));
      }
    }
    // with the sweep flag 0 it first goes to positive y, as SVG has it
    assertThat(extent.curves.get(0)[7]).isCloseTo(5, Offset.offset(1e-9));
  }

  @Test
  void otherPathDataIsRefused() {
    assertThatThrownBy(() -> PathData.draw("M0 0C1 1 2 2 3 3", new Extent()))
        .hasMessageContaining("'C'");
    assertThatThrownBy(() -> PathData.draw("M0", new Extent())).hasMessageContaining("too early");
    assertThatThrownBy(() -> PathData.draw("M0 0a5 5 0 0 0 5 5", new Extent()))
        .hasMessageContaining("half circle");
  }

  private static double bezier(double[] curve, int axis, double t) {
    double u = 1 - t;
    return u * u * u * curve[axis]
        + 3 * u * u * t * curve[2 + axis]
        + 3 * u * t * t * curve[4 + axis]
        + t * t * t * curve[6 + axis];
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  /** Two pixels a unit of the drawing. */
  private static BufferedImage image(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFRenderer(document).renderImage(0, (float) (2 / POINTS));
    }
  }

  private static String colour(BufferedImage image, double x, double y) {
    int rgb = image.getRGB((int) Math.round(2 * x), (int) Math.round(2 * y));
    return String.format(Locale.ROOT, "#%06x", rgb & 0xFFFFFF);
  }

  private static Figure plot(String label) {
    return new IntervalPlot(
            "a",
            "title",
            "words",
            "difference",
            List.of(
                new IntervalPlot.Line(label, "", 1, -1, -2, 0, -3, 0, "t"),
                new IntervalPlot.Line("other", "−12 %", 2, 1, 1, 1, "t")),
            0.5)
        .draw();
  }

  /** How far an outline reaches. */
  private static final class Extent implements PathData.Pen {
    private final List<double[]> curves = new ArrayList<>();
    private double low;
    private double high;
    private int closed;
    private double x;
    private double y;

    @Override
    public void move(double toX, double toY) {
      line(toX, toY);
    }

    @Override
    public void line(double toX, double toY) {
      x = toX;
      y = toY;
      low = Math.min(low, Math.min(x, y));
      high = Math.max(high, Math.max(x, y));
    }

    @Override
    public void curve(double x1, double y1, double x2, double y2, double x3, double y3) {
      curves.add(new double[] {x, y, x1, y1, x2, y2, x3, y3});
      line(x3, y3);
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
