package albert.model.io.file;

/** Something in a file that breaks its format, to be named together with the file. */
public final class FormatProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what breaks it, in words that complete a sentence about the file. */
  public FormatProblem(String what) {
    super(what);
  }
}
