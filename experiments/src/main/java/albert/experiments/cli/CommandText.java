package albert.experiments.cli;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/** The command line as one would type it again. */
final class CommandText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private CommandText() {}

  /** {@code ./albert run 'my study.yaml' --epochs 1}. */
  static String of(ParseResult parsed) {
    return Stream.concat(
            Stream.of(parsed.commandSpec().qualifiedName()).map(name -> "./" + name),
            parsed.originalArgs().stream()
                .dropWhile(parsed.commandSpec().name()::equals)
                .map(CommandText::quoted))
        .collect(Collectors.joining(" "));
  }

  /** An argument as a shell takes it. */
  static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
