package albert.experiments.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code albert}. */
@Command(
    name = "albert",
    description = "Trains, measures and compares ALBERT and BERT.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuickstartCommand.class,
      ParamsCommand.class,
      FinetuneCommand.class,
      PredictCommand.class,
      ScoreCommand.class,
      RunCommand.class,
      PretrainCommand.class,
      CompressCommand.class,
      StatusCommand.class,
      ReportCommand.class,
      ReplayCommand.class,
      TokenizeCommand.class,
      EncodeCommand.class,
      ConvertCommand.class,
      DataCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Example: ./albert params --preset albert-base",
      "Every command has --help. Exit status: 0 done, 1 failed, 2 wrong usage or input, 130"
          + " interrupted."
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On an error, print the stack trace too.")
  private boolean debug;

  private Main() {}

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(StandardStreams.out(), true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(StandardStreams.err(), true, StandardCharsets.UTF_8);
    int status = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /**
   * Runs a command in this process.
   *
   * @param out gets results
   * @param err gets errors, logs and progress
   * @return the exit status
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine().setOut(out).setErr(err).execute(arguments);
  }

  /** The command with all that belongs to it, its output still unset. */
  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine line =
        new CommandLine(main)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setUsageHelpWidth(TerminalWidth.ofHelp())
            .registerConverter(Path.class, Main::path)
            .setUsageHelpLongOptionsMaxWidth(34)
            .setAbbreviatedOptionsAllowed(false)
            .setParameterExceptionHandler(ErrorLines::usage)
            .setExecutionExceptionHandler(
                (problem, command, parsed) -> ErrorLines.report(problem, command, main.debug));
    for (CommandLine command : line.getSubcommands().values()) {
      if (command.getCommand() instanceof ConfigOptions.User user) {
        ConfigOptions.add(command.getCommandSpec(), user.configKeys());
      }
    }
    return line;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException(ErrorLines.words(e));
    }
  }

  /** The names of the commands. */
  static Set<String> commands() {
    return new TreeSet<>(new CommandLine(new Main()).getSubcommands().keySet());
  }

  /** Without a command: lists the commands. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
