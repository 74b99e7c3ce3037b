package albert.experiments.config;

/**
 * One run of a study, not begun yet.
 *
 * @param variant what sets it apart from the runs of other variants
 * @param config its resolved configuration
 * @param seeds its seeds
 */
public record PlannedRun(Settings variant, RunConfig config, RunSeeds seeds) {

  /** {@code sharing=all, embedding_size=128}, or {@code base} where nothing varies. */
  public String label() {
    return variant.all().isEmpty() ? "base" : variant.label();
  }
}
