package albert.experiments.cli;

import albert.experiments.cli.terminal.OutputException;
import albert.experiments.cli.terminal.StandardOutput;
import albert.experiments.cli.terminal.StandardStreams;
import albert.experiments.cli.terminal.TerminalWidth;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
      CleanCommand.class,
      TokenizeCommand.class,
      EncodeCommand.class,
      SearchCommand.class,
      EvaluateEmbeddingsCommand.class,
      ConvertCommand.class,
      DataCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Example: ./albert params --preset albert-base",
      "./albert --gpu COMMAND takes the build for GPUs (docs/gpu.md).",
      "Every command has --help. Exit status: 0 done, 1 failed, 2 wrong usage or input, 130"
          + " interrupted, 141 nobody reads standard output any more."
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On an error, also print the stack trace.")
  private boolean debug;

  private Main() {}

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    // TensorFlow-Java numbers operations with the locale's digits, and refuses all but ASCII's
    Locale.setDefault(Locale.ROOT);
    PrintWriter err = new PrintWriter(StandardStreams.err(), true, StandardCharsets.UTF_8);
    int status = run(StandardOutput.ofProcess(), err, arguments);
    err.flush();
    System.exit(status);
  }

  /**
   * Runs a command that ends where its results can't be written.
   *
   * @param out gets results, in UTF-8 whatever the locale
   * @param err gets errors, logs and progress
   * @return the exit status
   */
  static int run(StandardOutput out, PrintWriter err, String... arguments) {
    PrintWriter results = new PrintWriter(out, true, StandardCharsets.UTF_8);
    int status = 0;
    try {
      status = run(results, err, arguments);
      results.flush();
      return status;
    } catch (OutputException e) {
      // a command that failed has said why already
      return status == 0 ? ErrorLines.output(e, err) : status;
    }
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
            .setUsageHelpLongOptionsMaxWidth(TerminalWidth.ofOptions(TerminalWidth.ofHelp()))
            .setAbbreviatedOptionsAllowed(false)
            .setExecutionStrategy(Main::execute)
            .setParameterExceptionHandler(ErrorLines::usage)
            .setExecutionExceptionHandler(
                (problem, command, parsed) -> ErrorLines.report(problem, command, main.debug));
    OptionValues.register(line);
    for (CommandLine command : line.getSubcommands().values()) {
      if (command.getCommand() instanceof ConfigOptions.User user) {
        ConfigOptions.add(command.getCommandSpec(), user.configKeys());
      }
    }
    return line;
  }

  /** Help that can't be printed is an error as of any command. */
  private static int execute(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (OutputException e) {
      throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), "help", e);
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
