package albert.model.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.ParameterSharing;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of {@code exact_parameter_counts.csv}.
 *
 * @param name its first two columns
 * @param config the architecture they name
 * @param parameters of encoder and pooler
 */
public record ExactCount(String name, EncoderConfig config, long parameters) {
  private static final int ROWS = 27;
  private static final Pattern ROW = Pattern.compile("(\".*?\"|[^,\"]*),([^,]*),params,(\\d+)");
  private static final Pattern ASSIGNMENT = Pattern.compile("\\b([VEH])=(\\d+)");
  private static final Pattern SHARING = Pattern.compile("\\b(none|attn|ffn|all)\\b");
  private static final Pattern LAYERS = Pattern.compile("\\((\\d+) layers");

  /** All rows of the file. */
  public static List<ExactCount> all() throws IOException {
    List<ExactCount> all = rows().stream().map(ExactCount::of).toList();
    if (all.size() != ROWS) {
      throw new AssertionError(
          String.format(Locale.ROOT, "%d rows, %d expected", all.size(), ROWS));
    }
    return all;
  }

  private static ExactCount of(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new AssertionError(line);
    }
    return new ExactCount(
        row.group(1) + ": " + row.group(2),
        configOf(row.group(1), row.group(2)),
        Long.parseLong(row.group(3)));
  }

  /** ALBERT base, or the preset a row names, changed as the row says. */
  private static EncoderConfig configOf(String what, String row) {
    EncoderConfig.Builder builder = EncoderConfig.builder();
    for (EncoderPreset preset : EncoderPreset.values()) {
      if (row.toLowerCase(Locale.ROOT).split("[^a-z-]", 2)[0].equals(preset.id())) {
        builder = preset.config().toBuilder();
      }
    }
    if (row.startsWith("BERT-base-uncased")) {
      builder = EncoderPreset.BERT_BASE.config().toBuilder();
    }
    Matcher sharing = SHARING.matcher(row);
    if (sharing.find()) {
      String word = sharing.group(1);
      builder.sharing(
          word.equals("attn")
              ? ParameterSharing.ATTENTION
              : ParameterSharing.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    Matcher layers = LAYERS.matcher(what);
    if (layers.find()) {
      builder.numHiddenLayers(Integer.parseInt(layers.group(1)));
    }
    Matcher assignment = ASSIGNMENT.matcher(row);
    while (assignment.find()) {
      assign(builder, assignment.group(1), Integer.parseInt(assignment.group(2)));
    }
    return builder.build();
  }

  private static void assign(EncoderConfig.Builder builder, String symbol, int value) {
    switch (symbol) {
      case "V" -> builder.vocabSize(value);
      case "E" -> builder.embeddingSize(value);
      case "H" -> builder.hiddenSize(value).numAttentionHeads(value / 64);
      default -> throw new AssertionError(symbol);
    }
  }

  private static List<String> rows() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ExactCount.class.getResourceAsStream("/exact_parameter_counts.csv"))) {
      return new String(in.readAllBytes(), UTF_8).lines().skip(1).toList();
    }
  }
}
