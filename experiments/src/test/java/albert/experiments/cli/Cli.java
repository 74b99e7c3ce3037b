package albert.experiments.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command run in this process, as the terminal would see it. */
record Cli(int status, String out, String err) {

  static Cli run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Cli(status, out.toString(), err.toString());
  }
}
