package albert.experiments.cli;

import albert.experiments.cli.terminal.StageConsole;
import albert.experiments.cli.terminal.TerminalWidth;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program in another process: the same virtual machine, its options and its classes. */
final class OwnCommand {

  private OwnCommand() {}

  /**
   * What to start; it draws no bar, since its output is nobody's terminal.
   *
   * @param arguments the command's name and its options
   */
  static List<String> of(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.removeIf(argument -> argument.startsWith("-D" + StageConsole.TERMINAL));
    command.removeIf(argument -> argument.startsWith("-D" + TerminalWidth.COLUMNS));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return command;
  }
}
