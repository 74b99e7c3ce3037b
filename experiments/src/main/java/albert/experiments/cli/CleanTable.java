package albert.experiments.cli;

import albert.experiments.clean.Removable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can go, for people: a line a kind and folder, and what will be missed. */
final class CleanTable {

  private CleanTable() {}

  static void print(List<Removable> removable, PrintWriter out) {
    if (removable.isEmpty()) {
      out.println("nothing to free");
      return;
    }
    for (Removable.Kind kind : Removable.Kind.values()) {
      Map<Path, Long> bytes = new LinkedHashMap<>();
      removable.stream()
          .filter(one -> one.kind() == kind)
          .forEach(one -> bytes.merge(one.folder(), one.bytes(), Long::sum));
      bytes.forEach(
          (folder, sum) ->
              out.printf(Locale.ROOT, "%10s  %s in %s%n", size(sum), kind.words(), folder));
      if (!bytes.isEmpty() && !kind.missed().isEmpty()) {
        out.printf(Locale.ROOT, "%10s  then %s%n", "", kind.missed());
      }
    }
    out.printf(
        Locale.ROOT, "%10s  in all%n", size(removable.stream().mapToLong(Removable::bytes).sum()));
  }

  /** {@code 90.9 MB}. */
  static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    double shown = bytes / 1e3;
    for (String unit : List.of("kB", "MB", "GB")) {
      if (shown < 999.95) {
        return String.format(Locale.ROOT, "%.1f %s", shown, unit);
      }
      shown /= 1e3;
    }
    return String.format(Locale.ROOT, "%.1f TB", shown);
  }
}
