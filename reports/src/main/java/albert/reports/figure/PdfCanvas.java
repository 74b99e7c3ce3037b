package albert.reports.figure;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;

/**
 * Draws as PDF: lines and text, in the colours for a light ground. A unit of the drawing is {@value
 * #POINTS} pt. Equal figures give equal bytes: there is no date in the file and its id is fixed.
 */
final class PdfCanvas implements Canvas {
  private static final float POINTS = 0.75f;
  private static final long ID = 1;

  private final PDDocument document;
  private final PDPageContentStream out;
  private final double height;
  private final Map<Boolean, PdfFont> fonts = new HashMap<>();
  private final Map<Double, PDExtendedGraphicsState> states = new HashMap<>();

  private PdfCanvas(PDDocument document, PDPageContentStream out, double height) {
    this.document = document;
    this.out = out;
    this.height = height;
  }

  /** A file with one page that is as large as the drawing. */
  static byte[] draw(Drawing drawing, Consumer<Canvas> content) throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.setDocumentId(ID);
      document.getDocumentInformation().setTitle(drawing.title());
      document.getDocumentInformation().setSubject(drawing.description());
      PDPage page =
          new PDPage(
              new PDRectangle((float) drawing.width() * POINTS, (float) drawing.height() * POINTS));
      document.addPage(page);
      try (PDPageContentStream out = new PDPageContentStream(document, page)) {
        out.transform(Matrix.getScaleInstance(POINTS, POINTS));
        content.accept(new PdfCanvas(document, out, drawing.height()));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A PDF has no words for who points at a mark. */
  @Override
  public void group(String tooltip, Runnable content) {
    content.run();
  }

  @Override
  public void path(Look look, String data, double x, double y, double scale) {
    try {
      Color colour = Color.decode(look.colour());
      state(look.opacity());
      if (look.filled()) {
        out.setNonStrokingColor(colour);
      } else {
        out.setStrokingColor(colour);
        out.setLineWidth((float) look.width());
        out.setLineDashPattern(dashes(look.dashes()), 0);
      }
      PathData.draw(data, new Shifted(x, y, scale));
      if (look.filled()) {
        out.fill();
      } else {
        out.stroke();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] dashes(String lengths) {
    double[] values =
        lengths.isEmpty()
            ? new double[0]
            : Arrays.stream(lengths.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    float[] dashes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      dashes[i] = (float) values[i];
    }
    return dashes;
  }

  @Override
  public void words(Words words) {
    try {
      PdfFont font = font(words.bold());
      String shown = font.shown(words.text());
      double width = font.width(shown, words.size());
      double before =
          switch (words.anchor()) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
          };
      double x = words.turned() ? words.x() : words.x() - before;
      double y = height - words.y() - (words.turned() ? before : 0);
      if (words.halo()) {
        ground(x, y, width, words.size());
      }
      state(1);
      out.setNonStrokingColor(Color.decode(words.soft() ? FigureStyle.SOFT : FigureStyle.INK));
      out.beginText();
      out.setFont(font.font(), (float) words.size());
      double angle = words.turned() ? Math.PI / 2 : 0;
      out.setTextMatrix(Matrix.getRotateInstance(angle, (float) x, (float) y));
      out.showText(shown);
      out.endText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ground behind a level text, so that lines under it do not disturb. */
  private void ground(double x, double y, double width, double size) throws IOException {
    state(0.75);
    out.setNonStrokingColor(Color.decode(FigureStyle.GROUND));
    out.addRect((float) x - 1, (float) (y - 0.22 * size), (float) width + 2, (float) (1.1 * size));
    out.fill();
  }

  private PdfFont font(boolean bold) throws IOException {
    PdfFont font = fonts.get(bold);
    if (font == null) {
      font = PdfFont.load(document, bold);
      fonts.put(bold, font);
    }
    return font;
  }

  private void state(double opacity) throws IOException {
    PDExtendedGraphicsState state = states.get(opacity);
    if (state == null) {
      state = new PDExtendedGraphicsState();
      state.setStrokingAlphaConstant((float) opacity);
      state.setNonStrokingAlphaConstant((float) opacity);
      states.put(opacity, state);
    }
    out.setGraphicsStateParameters(state);
  }

  /** A pen for an outline with its origin at (x, y); up is more in a PDF and less in a drawing. */
  private final class Shifted implements PathData.Pen {
    private final double originX;
    private final double originY;
    private final double scale;

    Shifted(double originX, double originY, double scale) {
      this.originX = originX;
      this.originY = originY;
      this.scale = scale;
    }

    private float x(double value) {
      return (float) (originX + scale * value);
    }

    private float y(double value) {
      return (float) (height - originY - scale * value);
    }

    @Override
    public void move(double x, double y) throws IOException {
      out.moveTo(x(x), y(y));
    }

    @Override
    public void line(double x, double y) throws IOException {
      out.lineTo(x(x), y(y));
    }

    @Override
    public void curve(double x1, double y1, double x2, double y2, double x3, double y3)
        throws IOException {
      out.curveTo(x(x1), y(y1), x(x2), y(y2), x(x3), y(y3));
    }

    @Override
    public void close() throws IOException {
      out.closePath();
    }
  }
}
