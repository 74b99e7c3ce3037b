package albert.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command run in this process, as the terminal would see it. */
public record Cli(int status, String out, String err) {

  /** Runs a command. */
  public static Cli run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Cli(status, out.toString(), err.toString());
  }

  /** Starts a command in a process of its own, which may be killed. */
  static Process start(Path log, String... arguments) throws IOException {
    return process(arguments).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** A command as a process of its own, its streams still to be chosen. */
  public static ProcessBuilder process(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-DRUST_FLAVOR=cpu",
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
