package albert.reports.published;

import albert.reports.summary.ReportRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A finding of the ALBERT paper as a claim about pairs of variants that differ in one key alone.
 * Another finding is another constant.
 */
public enum Finding {
  /** Table 3, lower half. */
  EMBEDDING_SIZE_SHARED(
      "With all layers shared, the embedding size hardly matters",
      "Table 3: the averages of E = 64 to 768 lie within 1.1 points",
      "embedding_size",
      Claim.EQUAL) {
    @Override
    boolean isAbout(ReportRow row) {
      return is(row, "sharing", "all");
    }
  },
  /** Table 3, upper half. */
  EMBEDDING_SIZE_UNSHARED(
      "Without sharing, larger embeddings are better, if not by much",
      "Table 3: averages 81.3, 81.7, 81.8, 82.3 for E = 64, 128, 256, 768",
      "embedding_size",
      Claim.MORE_IS_BETTER) {
    @Override
    boolean isAbout(ReportRow row) {
      return is(row, "sharing", "none");
    }
  },
  /** Table 4. */
  SHARING_ALL_COSTS(
      "Sharing all parameters across layers costs accuracy",
      "Table 4: averages 82.3 to 79.8 for E = 768, 81.6 to 80.1 for E = 128",
      "sharing",
      Claim.FIRST_IS_BETTER,
      "none",
      "all"),
  /** Table 4. */
  FFN_COSTS_MORE_THAN_ATTENTION(
      "Sharing the feed-forward networks costs more than sharing attention",
      "Table 4: averages 81.6 against 79.5 for E = 768, 81.7 against 80.2 for E = 128",
      "sharing",
      Claim.FIRST_IS_BETTER,
      "attention",
      "ffn"),
  /** Table 4. */
  ATTENTION_COSTS_LITTLE(
      "Sharing attention alone costs little",
      "Table 4: averages 82.3 to 81.6 for E = 768, 81.6 to 81.7 for E = 128",
      "sharing",
      Claim.EQUAL,
      "none",
      "attention"),
  /** Table 5. */
  SOP_BEATS_NSP(
      "Predicting the order of sentences helps more than predicting the next sentence",
      "Table 5: averages 80.1 against 79.2",
      "",
      Claim.FIRST_IS_BETTER,
      "sop",
      "nsp"),
  /** Table 11. */
  DEPTH(
      "More layers of the same weights are better, up to a depth",
      "Table 11: averages 52.9, 71.2, 77.2, 81.5, 82.1, 81.8 for 1, 3, 6, 12, 24, 48 layers",
      "num_hidden_layers",
      Claim.MORE_IS_BETTER),
  /** Table 12. */
  WIDTH(
      "Wider layers are better, up to a width",
      "Table 12: averages 71.2, 74.6, 76.3, 74.0 for H = 1024, 2048, 4096, 6144",
      "hidden_size",
      Claim.MORE_IS_BETTER),
  /** Table 8. */
  DROPOUT(
      "Pretraining without dropout is better",
      "Table 8: averages 90.7 against 90.4",
      "hidden_dropout_prob",
      Claim.LESS_IS_BETTER);

  /** What is claimed of the scores of a pair. */
  enum Claim {
    /** They are the same within {@link FindingResult#MARGIN}. */
    EQUAL,
    /** The first one's is better. */
    FIRST_IS_BETTER,
    /** The one with the larger value of the key is better. */
    MORE_IS_BETTER,
    /** The one with the smaller value of the key is better. */
    LESS_IS_BETTER
  }

  /** Keys that may go with a finding's key without being a difference of their own. */
  private static final Map<String, List<String>> FOLLOWERS =
      Map.of(
          "hidden_size", List.of("num_attention_heads", "intermediate_size"),
          "hidden_dropout_prob", List.of("attention_probs_dropout_prob"));

  /** Keys of a pretraining that a study varies are those of the findings with this before them. */
  private static final String PRETRAINING = "pretrain_";

  private final String statement;
  private final String source;
  private final String key;
  private final Claim claim;
  private final String first;
  private final String second;

  Finding(String statement, String source, String key, Claim claim) {
    this(statement, source, key, claim, "", "");
  }

  Finding(String statement, String source, String key, Claim claim, String first, String second) {
    this.statement = statement;
    this.source = source;
    this.key = key;
    this.claim = claim;
    this.first = first;
    this.second = second;
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
    return claim == Claim.EQUAL;
  }

  boolean isAbout(ReportRow row) {
    return row.kind() != ReportRow.Kind.REFERENCE;
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
    Optional<String> differing = differingKey(a, b);
    if (differing.isEmpty() || !isAbout(a) || !isAbout(b)) {
      return Optional.empty();
    }
    String found = differing.get();
    boolean rightKey = key.isEmpty() || plain(found).equals(key);
    if (!first.isEmpty()) {
      return rightKey && text(a, found).equals(first) && text(b, found).equals(second)
          ? Optional.of(new Pair(a, b))
          : Optional.empty();
    }
    if (!rightKey) {
      return Optional.empty();
    }
    int order = Comparator.<Double>naturalOrder().compare(number(a, found), number(b, found));
    boolean firstIsBetter = claim == Claim.LESS_IS_BETTER ? order < 0 : order > 0;
    return firstIsBetter ? Optional.of(new Pair(a, b)) : Optional.empty();
  }

  private Optional<String> differingKey(ReportRow a, ReportRow b) {
    List<String> differing =
        a.values().keySet().stream()
            .filter(k -> !Objects.equals(a.values().get(k), b.values().get(k)))
            .filter(k -> !FOLLOWERS.getOrDefault(key, List.of()).contains(plain(k)))
            .toList();
    return differing.size() == 1 && a.values().keySet().equals(b.values().keySet())
        ? Optional.of(differing.get(0))
        : Optional.empty();
  }

  private static double number(ReportRow row, String key) {
    return row.values().get(key) instanceof Number number ? number.doubleValue() : 0;
  }

  private static String text(ReportRow row, String key) {
    return PublishedModel.inThePapersWords(row.values().get(key));
  }

  private static String plain(String key) {
    return key.startsWith(PRETRAINING) ? key.substring(PRETRAINING.length()) : key;
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
