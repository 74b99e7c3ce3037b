package albert.datasets;

/** A data set that is not there. What needs none, such as a forecast, may go on without it. */
public final class MissingDataException extends DataFormatException {
  private static final long serialVersionUID = 1L;

  /**
   * About where it was looked for.
   *
   * @param place a folder or file
   * @param problem what was expected
   */
  public MissingDataException(String place, String problem) {
    super(place, problem);
  }
}
