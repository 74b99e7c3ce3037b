package albert.reports.published;

import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A finding of the ALBERT paper (arXiv 1909.11942v6) as a claim about pairs of variants that differ
 * in one key alone, on the tasks, at the stage and in the range that the paper speaks of. All of
 * them are about scores of tasks after fine-tuning, none about the pretraining's own. Another
 * finding is another constant.
 */
public enum Finding {
  /** Table 3, lower half. */
  EMBEDDING_SIZE_SHARED(
      "With all layers shared, the embedding size hardly matters",
      "Table 3: the averages of E = 64 to 768 lie within 1.1 points",
      "embedding_size",
      Claim.EQUAL,
      new Scope("all", 64, 768, Scope.ALL_TASKS)),
  /** Table 3, upper half. */
  EMBEDDING_SIZE_UNSHARED(
      "Without sharing, larger embeddings are better, if not by much",
      "Table 3: averages 81.3, 81.7, 81.8, 82.3 for E = 64, 128, 256, 768",
      "embedding_size",
      Claim.MORE_IS_BETTER,
      new Scope("none", 64, 768, Scope.ALL_TASKS)),
  /** Table 4. */
  SHARING_ALL_COSTS(
      "Sharing all parameters across layers costs accuracy",
      "Table 4: averages 82.3 to 79.8 for E = 768, 81.6 to 80.1 for E = 128",
      "sharing",
      Claim.of("none", "all"),
      Scope.ANY),
  /** Table 4. */
  FFN_COSTS_MORE_THAN_ATTENTION(
      "Sharing the feed-forward networks costs more than sharing attention",
      "Table 4: averages 81.6 against 79.5 for E = 768, 81.7 against 80.2 for E = 128",
      "sharing",
      Claim.of("attention", "ffn"),
      Scope.ANY),
  /** Table 4. */
  ATTENTION_COSTS_LITTLE(
      "Sharing attention alone costs little",
      "Table 4: averages 82.3 to 81.6 for E = 768, 81.6 to 81.7 for E = 128",
      "sharing",
      Claim.same("none", "attention"),
      Scope.ANY),
  /** Table 5: of the tasks, SST-2 alone is better after next sentence prediction. */
  SOP_BEATS_NSP(
      "Pretraining by the order of sentences helps tasks of several sentences more than by the next"
          + " sentence",
      "Table 5: SQuAD 1.1 89.3 against 88.4, SQuAD 2.0 80.0 against 77.2, MNLI 82.0 against 81.6,"
          + " RACE 64.0 against 62.3",
      "pretrain_objective",
      Claim.of("sop", "nsp"),
      new Scope("", 0, Double.MAX_VALUE, Scope.TASKS_OF_SEVERAL_SENTENCES)),
  /** Table 11. */
  DEPTH(
      "Up to 24 layers, more layers of the same weights are better",
      "Table 11: averages 52.9, 71.2, 77.2, 81.5, 82.1, 81.8 for 1, 3, 6, 12, 24, 48 layers",
      "num_hidden_layers",
      Claim.MORE_IS_BETTER,
      new Scope("all", 1, 24, Scope.ALL_TASKS)),
  /** Table 12. */
  WIDTH(
      "Up to H = 4096, wider layers of the same weights are better",
      "Table 12: averages 71.2, 74.6, 76.3, 74.0 for H = 1024, 2048, 4096, 6144",
      "hidden_size",
      Claim.MORE_IS_BETTER,
      new Scope("all", 1024, 4096, Scope.ALL_TASKS)),
  /** Table 8. */
  DROPOUT(
      "Pretraining without dropout is better",
      "Table 8: averages 90.7 against 90.4",
      "pretrain_hidden_dropout_prob",
      Claim.LESS_IS_BETTER,
      Scope.ANY);

  /**
   * What is claimed of the scores of a pair.
   *
   * @param equal whether that they are the same within {@link FindingResult#MARGIN}, else that the
   *     first one's is better
   * @param first value of the key on the first side; empty where the order of the values decides
   * @param second value of the key on the second side; likewise
   * @param more whether the first is the larger value
   */
  record Claim(boolean equal, String first, String second, boolean more) {
    static final Claim EQUAL = new Claim(true, "", "", true);
    static final Claim MORE_IS_BETTER = new Claim(false, "", "", true);
    static final Claim LESS_IS_BETTER = new Claim(false, "", "", false);

    static Claim of(String better, String worse) {
      return new Claim(false, better, worse, true);
    }

    static Claim same(String first, String second) {
      return new Claim(true, first, second, true);
    }
  }

  /**
   * What a finding is about.
   *
   * @param sharing that both variants have; empty for any
   * @param low the least value of the key in the paper
   * @param high the greatest value of the key for which the finding holds: pairs beyond it are not
   *     judged
   * @param tasks on which the paper found it
   */
  record Scope(String sharing, double low, double high, Set<String> tasks) {
    static final Set<String> ALL_TASKS =
        Set.of("squad-v1.1", "squad-v2.0", "mnli", "sst-2", "race");
    static final Set<String> TASKS_OF_SEVERAL_SENTENCES =
        Set.of("squad-v1.1", "squad-v2.0", "mnli", "race");
    static final Scope ANY = new Scope("", 0, Double.MAX_VALUE, ALL_TASKS);
  }

  /** Keys that may go with a finding's key without being a difference of their own. */
  private static final Map<String, List<String>> FOLLOWERS =
      Map.of(
          "hidden_size", List.of("num_attention_heads", "intermediate_size"),
          "pretrain_hidden_dropout_prob", List.of("pretrain_attention_probs_dropout_prob"));

  private final String statement;
  private final String source;
  private final String key;
  private final Claim claim;
  private final Scope scope;

  Finding(String statement, String source, String key, Claim claim, Scope scope) {
    this.statement = statement;
    this.source = source;
    this.key = key;
    this.claim = claim;
    this.scope = scope;
  }

  /** What the paper found. */
  public String statement() {
    return statement;
  }

  /** Where, with its figures. */
  public String source() {
    return source;
  }

  /** Whether less far apart than the margin is what is claimed. */
  boolean claimsEquality() {
    return claim.equal();
  }

  /**
   * Whether scores of a task can speak of it: those of tasks of several sentences where it is about
   * these, else any task's but the pretraining's own.
   */
  boolean isAbout(String task) {
    return scope.tasks().equals(Scope.ALL_TASKS) || scope.tasks().contains(task);
  }

  /** In what our runs are not what the paper's were, besides their pretraining. */
  List<String> unequal(Pair pair, String task) {
    List<String> unequal = new ArrayList<>();
    if (!scope.tasks().contains(task)) {
      unequal.add("task: theirs are SQuAD 1.1 and 2.0, MNLI, SST-2 and RACE, ours is " + task);
    }
    double least = Math.min(number(pair.better(), key), number(pair.worse(), key));
    if (least < scope.low()) {
      unequal.add(
          String.format(
              Locale.ROOT,
              "range: theirs begins at %s %.0f, ours at %.0f",
              key,
              scope.low(),
              least));
    }
    return unequal;
  }

  /**
   * Two variants that the claim is about.
   *
   * @param better whose score is claimed to be better, or either one
   * @param worse the other
   */
  record Pair(ReportRow better, ReportRow worse) {}

  /** The pair that two variants are, if they are one: equal in all varied keys but one. */
  Optional<Pair> pair(ReportRow a, ReportRow b) {
    if (!differInTheKeyAlone(a, b) || !isAbout(a) || !isAbout(b)) {
      return Optional.empty();
    }
    if (!claim.first().isEmpty()) {
      return text(a).equals(claim.first()) && text(b).equals(claim.second())
          ? Optional.of(new Pair(a, b))
          : Optional.empty();
    }
    int order = Double.compare(number(a, key), number(b, key));
    boolean first = claim.more() ? order > 0 : order < 0;
    boolean inRange = Math.max(number(a, key), number(b, key)) <= scope.high();
    return first && inRange ? Optional.of(new Pair(a, b)) : Optional.empty();
  }

  private boolean isAbout(ReportRow row) {
    return row.kind() != ReportRow.Kind.REFERENCE
        && (scope.sharing().isEmpty() || is(row, "sharing", scope.sharing()));
  }

  private boolean differInTheKeyAlone(ReportRow a, ReportRow b) {
    List<String> differing =
        a.values().keySet().stream()
            .filter(k -> !Objects.equals(a.values().get(k), b.values().get(k)))
            .filter(k -> !FOLLOWERS.getOrDefault(key, List.of()).contains(k))
            .toList();
    return differing.equals(List.of(key)) && a.values().keySet().equals(b.values().keySet());
  }

  private static double number(ReportRow row, String key) {
    return row.values().get(key) instanceof Number number ? number.doubleValue() : 0;
  }

  private String text(ReportRow row) {
    return PublishedModel.inThePapersWords(row.values().get(key));
  }

  /** Whether a variant has the value, varied or not. */
  static boolean is(ReportRow row, String key, String value) {
    Object varied = row.values().get(key);
    Object found =
        varied != null
            ? varied
            : row.runs().stream().map(run -> run.config().get(key)).findFirst().orElse("");
    return value.equals(String.valueOf(found));
  }
}
