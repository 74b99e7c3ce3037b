package albert.reports.summary;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What runs have in common, and where they come from. */
final class RunFacts {
  private RunFacts() {}

  /** Keys of the configuration that are not varied and on which all runs agree. */
  static List<Fact> common(List<RunRecord> runs, SortedSet<String> varied) {
    List<Fact> facts = new ArrayList<>();
    for (String key : configured(runs)) {
      List<String> values = values(runs, key);
      if (!varied.contains(key) && values.size() == 1) {
        facts.add(new Fact(key, values.get(0)));
      }
    }
    return facts;
  }

  /** All keys of the configurations. */
  static SortedSet<String> configured(List<RunRecord> runs) {
    SortedSet<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.config().keySet()));
    return keys;
  }

  /** The different values of a key, as texts; a run without the key has the empty one. */
  static List<String> values(List<RunRecord> runs, String key) {
    return runs.stream()
        .map(run -> run.config().getOrDefault(key, ""))
        .distinct()
        .map(VariantKey::text)
        .distinct()
        .toList();
  }

  static List<Fact> provenance(StudyDescription study, List<RunRecord> runs) {
    List<Fact> facts = new ArrayList<>();
    each(facts, "commit", runs, Provenance::commit);
    each(facts, "suite", runs, p -> p.software().suite());
    each(facts, "TensorFlow", runs, p -> p.software().tensorflow());
    each(facts, "Java", runs, p -> p.software().java());
    each(facts, "operating system", runs, p -> p.software().os());
    each(facts, "processor", runs, p -> hardware(p.hardware()));
    each(facts, "device", runs, p -> p.execution().device());
    each(facts, "precision", runs, p -> p.execution().precision());
    if (runs.stream().anyMatch(run -> run.provenance().execution().devices() != null)) {
      each(facts, "devices", runs, RunFacts::devices);
    }
    each(facts, "threads", runs, p -> Integer.toString(p.execution().threads()));
    runs.stream()
        .flatMap(run -> run.data().stream())
        .distinct()
        .forEach(data -> facts.add(new Fact("data " + data.name(), fingerprint(data))));
    if (!study.command().isEmpty()) {
      facts.add(new Fact("command to repeat", study.command()));
    }
    return facts;
  }

  private static void each(
      List<Fact> facts, String name, List<RunRecord> runs, Function<Provenance, String> part) {
    runs.stream()
        .map(run -> part.apply(run.provenance()))
        .distinct()
        .forEach(value -> facts.add(new Fact(name, value)));
  }

  static String devices(Provenance provenance) {
    return Objects.toString(provenance.execution().devices(), "1");
  }

  private static String hardware(Provenance.Hardware hardware) {
    String features = String.join(", ", hardware.cpuFeatures());
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %.1f GB%s",
        hardware.cpuModel(),
        hardware.cores(),
        hardware.memoryBytes() / 1e9,
        features.isEmpty() ? "" : ", " + features);
  }

  private static String fingerprint(DataFingerprint data) {
    String rows =
        String.join(
            ", ",
            data.rows().entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    return "SHA-256 " + data.sha256() + (rows.isEmpty() ? "" : "; " + rows) + "; " + data.source();
  }
}
