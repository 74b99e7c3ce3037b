package albert.experiments.config;

/**
 * One run of a study, not begun yet.
 *
 * @param name what the author calls its variant; empty where the values speak for themselves
 * @param variant what sets it apart from the runs of other variants
 * @param config its resolved configuration
 * @param seeds its seeds
 */
public record PlannedRun(String name, Settings variant, RunConfig config, RunSeeds seeds) {

  /** The name, {@code sharing=all, embedding_size=128}, or {@code base} where nothing varies. */
  public String label() {
    if (!name.isEmpty()) {
      return name;
    }
    return variant.all().isEmpty() ? "base" : variant.label();
  }
}
