package albert.reports.figure;

import java.io.IOException;
import java.util.function.Consumer;

/** A figure, drawn when it is asked for. */
public final class Figure {
  private final Drawing drawing;
  private final String note;
  private final Consumer<Canvas> content;

  Figure(Drawing drawing, String note, Consumer<Canvas> content) {
    this.drawing = drawing;
    this.note = note;
    this.content = content;
  }

  /** The colours of figures on a dark ground, for the page that holds figures. */
  public static String styleSheet() {
    return FigureStyle.CSS;
  }

  /** File name without ending. */
  public String name() {
    return drawing.name();
  }

  /** What it shows, in a few words. */
  public String title() {
    return drawing.title();
  }

  /** What a reader who can't see it needs. */
  public String description() {
    return drawing.description();
  }

  /** What the reader must know besides; empty for nothing. */
  public String note() {
    return note;
  }

  /** The drawing as SVG for a page that holds {@link #styleSheet()}. */
  public String inline() {
    return drawing.svg(false, content);
  }

  /** The drawing as SVG, a file of its own. */
  public String standAlone() {
    return drawing.svg(true, content);
  }

  /**
   * The drawing as a PDF of one page, for a paper: lines, and text in an embedded DejaVu Sans. A
   * character that the font lacks, such as a Chinese one, becomes a question mark. Equal figures
   * give equal bytes.
   *
   * @throws IOException if the font can't be read from the jar
   */
  public byte[] pdf() throws IOException {
    return PdfCanvas.draw(drawing, content);
  }
}
