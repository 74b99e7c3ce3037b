package albert.reports.figure;

/**
 * A drawn figure.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param note what the reader must know besides; empty for nothing
 * @param inline the drawing for a page that holds {@link #styleSheet()}
 * @param standAlone the drawing as a file of its own
 */
public record Figure(
    String name, String title, String description, String note, String inline, String standAlone) {
  /** The colours of figures on a dark ground, for the page that holds figures. */
  public static String styleSheet() {
    return FigureStyle.CSS;
  }
}
