package albert.experiments.cli;

import albert.datasets.DataFormatException;
import albert.experiments.InputException;
import albert.experiments.cli.terminal.OutputException;
import albert.experiments.config.NearestName;
import albert.experiments.stage.StoppedException;
import albert.model.config.ConfigException;
import albert.model.io.file.ModelFileException;
import albert.model.runtime.OutOfMemoryException;
import albert.model.tensor.NonFiniteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit status. */
final class ErrorLines {

  /** The work failed. */
  static final int FAILED = 1;

  /** Wrong usage, configuration or input. */
  static final int USAGE = 2;

  /** Stopped by Ctrl-C. */
  static final int INTERRUPTED = 130;

  /** Whoever read standard output has gone: as a process that SIGPIPE ends. */
  static final int CLOSED_PIPE = 141;

  /** What every error begins with. */
  static final String PREFIX = "albert: ";

  private static final int LONGEST_LINE = 2_000;

  private ErrorLines() {}

  /** A command line that picocli can't read. */
  static int usage(CommandLine.ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(
        command.getErr(),
        String.format(Locale.ROOT, "%s (see ./%s --help)", sentence(problem), name));
    return USAGE;
  }

  /** A command that gave up. */
  static int report(Exception problem, CommandLine command, boolean debug) {
    if (problem instanceof StoppedException) {
      return INTERRUPTED; // the one line, with how to go on, is the interruption's to say
    }
    PrintWriter err = command.getErr();
    if (problem instanceof OutputException output) {
      return output(output, err);
    }
    print(err, words(problem));
    if (debug) {
      problem.printStackTrace(err);
    }
    return isInput(problem) ? USAGE : FAILED;
  }

  /** Results that can't be written; a pipe that {@code head} closed is no news to anybody. */
  static int output(OutputException problem, PrintWriter err) {
    if (problem.isClosedPipe()) {
      return CLOSED_PIPE;
    }
    print(err, String.valueOf(problem.getMessage()));
    return FAILED;
  }

  private static boolean isInput(Exception problem) {
    return problem instanceof ConfigException
        || problem instanceof DataFormatException
        || problem instanceof ModelFileException
        || problem instanceof InputException
        || problem instanceof InvalidPathException;
  }

  /** What was wrong, in words. */
  static String words(Exception problem) {
    if (problem instanceof InvalidPathException path) {
      return String.format(
          Locale.ROOT, "'%s' is no path here: %s", path.getInput(), path.getReason());
    }
    if (isInput(problem)
        || problem instanceof NonFiniteException
        || problem instanceof OutOfMemoryException) {
      return String.valueOf(problem.getMessage());
    }
    if (problem instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return words(unchecked.getCause());
    }
    if (problem instanceof IOException io) {
      return InputException.words(io);
    }
    return String.format(
        Locale.ROOT,
        "%s: %s (--debug shows where)",
        problem.getClass().getSimpleName(),
        problem.getMessage());
  }

  private static String sentence(CommandLine.ParameterException problem) {
    String message = String.valueOf(problem.getMessage());
    if (problem instanceof UnmatchedArgumentException unmatched) {
      message = unmatched(unmatched);
    }
    return message.isEmpty()
        ? "wrong usage"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** What is no option or command here, with the nearest that is. */
  private static String unmatched(UnmatchedArgumentException problem) {
    CommandSpec command = problem.getCommandLine().getCommandSpec();
    String wrong = problem.getUnmatched().get(0).split("=", 2)[0];
    boolean option = wrong.startsWith("-");
    Set<String> right =
        option ? command.optionsMap().keySet() : problem.getCommandLine().getSubcommands().keySet();
    String what = option ? "option" : right.isEmpty() ? "argument" : "command";
    return NearestName.of(wrong, right)
        .map(name -> String.format(Locale.ROOT, "; did you mean %s?", name))
        .map(hint -> String.format(Locale.ROOT, "unknown %s '%s'%s", what, wrong, hint))
        .orElseGet(() -> String.format(Locale.ROOT, "unknown %s '%s'", what, wrong));
  }

  /** One line, whatever the message has in it: texts from users stand in messages. */
  static void print(PrintWriter err, String message) {
    StringBuilder line = new StringBuilder(PREFIX);
    message
        .codePoints()
        .limit(LONGEST_LINE)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                line.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    err.println(line);
    err.flush();
  }
}
