package albert.experiments.cli;

import albert.evaluation.PlainNumber;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * What options take: numbers that are plain ones ({@code 1f}, {@code NaN} and {@code +5} are none),
 * and paths. A value that is none is said without the words of a programming language.
 */
final class OptionValues {

  private OptionValues() {}

  /** Has a command and those under it read values so. */
  static void register(CommandLine command) {
    command
        .registerConverter(int.class, OptionValues::integer)
        .registerConverter(Integer.class, OptionValues::integer)
        .registerConverter(OptionalInt.class, text -> OptionalInt.of(integer(text)))
        .registerConverter(long.class, OptionValues::whole)
        .registerConverter(Long.class, OptionValues::whole)
        .registerConverter(double.class, OptionValues::decimal)
        .registerConverter(Double.class, OptionValues::decimal)
        .registerConverter(Path.class, OptionValues::path);
  }

  private static int integer(String text) {
    long value = whole(text);
    if (value != (int) value) {
      throw wrong(text, "a whole number from -2147483648 to 2147483647");
    }
    return (int) value;
  }

  private static long whole(String text) {
    return PlainNumber.whole(text).orElseThrow(() -> wrong(text, "a whole number"));
  }

  private static double decimal(String text) {
    return PlainNumber.decimal(text).orElseThrow(() -> wrong(text, "a number"));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(ErrorLines.words(e));
    }
  }

  private static TypeConversionException wrong(String text, String allowed) {
    return new TypeConversionException(
        String.format(Locale.ROOT, "'%s', allowed is %s", text, allowed));
  }
}
