package albert.experiments.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A desktop's program that opens nothing and writes down what it was asked to open. */
final class Desktop {

  private final Path programs;
  private final Path seen;

  /**
   * @param folder where it lies
   */
  Desktop(Path folder) throws IOException {
    this(Files.createDirectories(folder.resolve("programs")), folder.resolve("seen"));
    Path program =
        Files.writeString(
            programs.resolve("xdg-open"),
            "#!/bin/sh\n[ $# = 1 ] && printf '%s\\n' \"$1\" >> '" + seen + "'\n");
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program.toString());
    }
  }

  private Desktop(Path programs, Path seen) {
    this.programs = programs;
    this.seen = seen;
  }

  /** A system that has no such program. */
  static Desktop without(Path folder) throws IOException {
    return new Desktop(Files.createDirectories(folder.resolve("empty")), folder.resolve("seen"));
  }

  /** A command on this desktop, in a terminal's environment. */
  ProcessBuilder command(String... arguments) {
    ProcessBuilder command = Cli.process(arguments);
    command.environment().put("PATH", programs.toString());
    command.environment().put("TERM", "xterm");
    command.environment().keySet().removeAll(List.of("NO_COLOR", "VTE_VERSION", "COLUMNS"));
    return command;
  }

  /** The same, started. */
  Process process(String... arguments) throws IOException {
    return command(arguments).start();
  }

  /** What was opened, in this order. */
  List<Path> opened() throws IOException {
    return Files.readAllLines(seen).stream().map(line -> Path.of(URI.create(line))).toList();
  }
}
