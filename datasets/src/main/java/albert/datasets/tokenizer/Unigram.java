package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The vocabulary of a unigram model, as transformers' {@code AlbertTokenizer} takes it.
 *
 * @param pieces by id
 * @param scores logarithmic probabilities of the pieces
 * @param charsMap the normalisation table in base 64; empty for none
 * @param added the model's own added tokens
 */
record Unigram(List<String> pieces, List<Double> scores, String charsMap, List<AddedToken> added) {

  Unigram {
    pieces = List.copyOf(pieces);
    scores = List.copyOf(scores);
    added = List.copyOf(added);
  }

  /**
   * That of a SentencePiece model.
   *
   * @throws DataFormatException if it segments in another way
   */
  static Unigram of(String name, SentencePieceModel model) {
    if (!model.unigram()) {
      throw new DataFormatException(
          name, "it is no unigram model, which is the kind that AlbertTokenizer reads");
    }
    List<AddedToken> added = new ArrayList<>();
    for (SentencePieceModel.Entry entry : model.entries()) {
      if (entry.isAdded()) {
        added.add(new AddedToken(entry.text(), entry.isControl(), false, false, false, false));
      }
    }
    return new Unigram(
        model.pieces(),
        model.entries().stream().map(entry -> (double) entry.score()).toList(),
        Base64.getEncoder().encodeToString(model.charsMap()),
        added);
  }

  /**
   * That of a {@code tokenizer.json}.
   *
   * @throws DataFormatException if its model is another
   */
  static Unigram of(String name, JsonNode root) {
    JsonNode vocab = root.path("model").path("vocab");
    List<String> pieces = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    for (JsonNode entry : vocab) {
      if (!vocab.isArray() || !entry.path(0).isTextual() || !entry.path(1).isNumber()) {
        throw new DataFormatException(
            name,
            String.format(
                Locale.ROOT,
                "its model is %s, but tokenizer_config.json says AlbertTokenizer, whose model is"
                    + " Unigram",
                root.path("model").path("type").asText("none")));
      }
      pieces.add(entry.path(0).textValue());
      scores.add(entry.path(1).doubleValue());
    }
    return new Unigram(pieces, scores, charsMap(root.path("normalizer")), List.of());
  }

  private static String charsMap(JsonNode normalizer) {
    if (normalizer.path("type").asText().equals("Precompiled")) {
      return normalizer.path("precompiled_charsmap").asText();
    }
    for (JsonNode part : normalizer.path("normalizers")) {
      if (part.path("type").asText().equals("Precompiled")) {
        return part.path("precompiled_charsmap").asText();
      }
    }
    return "";
  }
}
