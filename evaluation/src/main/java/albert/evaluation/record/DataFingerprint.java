package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Which bytes a run read: a data set, or the weights that it started from.
 *
 * @param name for example {@code glue/MRPC}
 * @param sha256 64 hexadecimal digits over the content
 * @param rows number of examples by split, sorted by name; empty where there are none to count
 * @param source where the bytes came from, in words or as an address
 */
public record DataFingerprint(
    String name, String sha256, SortedMap<String, Long> rows, String source) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public DataFingerprint {
    Require.text("name", name);
    Require.text("source", source);
    if (!SHA256.matcher(Require.present("sha256", sha256)).matches()) {
      throw new IllegalArgumentException(
          "sha256 is '" + sha256 + "', allowed are 64 hexadecimal digits in lower case");
    }
    rows = Require.sortedCopy("rows", rows);
    rows.forEach((split, count) -> Require.notNegative("rows of " + split, count));
  }

  /** The fingerprint with rows in any map. */
  public static DataFingerprint of(
      String name, String sha256, Map<String, Long> rows, String source) {
    return new DataFingerprint(name, sha256, Require.sortedCopy("rows", rows), source);
  }
}
