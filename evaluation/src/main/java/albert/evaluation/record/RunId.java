package albert.evaluation.record;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Names a run by what decides its result, so that an extended or reordered study runs only what is
 * missing. The source of data and the names of the varied keys decide nothing and are left out.
 */
public final class RunId {
  /** Digits of a run id. */
  public static final int LENGTH = 12;

  private RunId() {}

  /**
   * The first 12 hexadecimal digits of the SHA-256 of the canonical JSON of all that is given.
   *
   * @param config the resolved configuration
   * @param initSeed seed of the initialisation
   * @param dataSeed seed of the order of the data
   * @param data what the run reads, in any order
   * @param resultsVersion raised when the same input would give other results
   */
  public static String of(
      Map<String, ?> config,
      long initSeed,
      long dataSeed,
      List<DataFingerprint> data,
      int resultsVersion) {
    List<Map<String, String>> content =
        data.stream()
            .sorted(Comparator.comparing(DataFingerprint::name))
            .map(d -> Map.of("name", d.name(), "sha256", d.sha256()))
            .toList();
    Map<String, Object> identity =
        Map.of(
            "config", config,
            "init_seed", initSeed,
            "data_seed", dataSeed,
            "data", content,
            "results_version", resultsVersion);
    return CanonicalJson.sha256(identity).substring(0, LENGTH);
  }
}
