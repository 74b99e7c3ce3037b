package albert.evaluation.record;

import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a record needs where a file has something else, in words. */
final class NeededType {
  private NeededType() {}

  /** {@code a whole number is needed, found is "1"}. */
  static String words(MismatchedInputException problem) {
    Object found = problem instanceof InvalidFormatException wrong ? wrong.getValue() : null;
    return of(problem.getTargetType())
        + " is needed"
        + (found == null ? "" : ", found is " + Printable.of(found));
  }

  private static String of(@Nullable Class<?> type) {
    if (type == null) {
      return "another value";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(" or "));
    }
    if (List.<Class<?>>of(int.class, Integer.class, long.class, Long.class).contains(type)) {
      return "a whole number";
    }
    if (List.<Class<?>>of(double.class, Double.class).contains(type)) {
      return "a number";
    }
    if (List.<Class<?>>of(boolean.class, Boolean.class).contains(type)) {
      return "true or false";
    }
    if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    }
    if (type == String.class) {
      return "a text";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
