package albert.model.io;

/** Something in a file that breaks its format, to be named together with the file. */
final class FormatProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FormatProblem(String what) {
    super(what);
  }
}
