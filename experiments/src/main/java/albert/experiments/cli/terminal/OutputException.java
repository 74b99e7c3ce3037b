package albert.experiments.cli.terminal;

import java.io.IOException;

/**
 * Standard output takes nothing more. Unlike an {@link IOException}, which a {@link
 * java.io.PrintWriter} keeps to itself, it ends the command that prints.
 */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean closedPipe;

  /**
   * @param closedPipe whether the reader has gone, as {@code head} does when it has seen enough
   */
  OutputException(IOException problem, boolean closedPipe) {
    super("standard output can't be written: " + problem.getMessage(), problem);
    this.closedPipe = closedPipe;
  }

  /** Whether the reader has gone, which is nobody's fault. */
  public boolean isClosedPipe() {
    return closedPipe;
  }
}
