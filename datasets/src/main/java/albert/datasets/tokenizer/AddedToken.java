package albert.datasets.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A token that stands beside a vocabulary, as Hugging Face's {@code AddedToken}: it is found in the
 * text before the text is cut into pieces.
 *
 * @param content its text
 * @param special whether it is a control token, which text becomes only where it is asked for
 * @param normalized whether it is looked for in the normalised (lower-cased) text
 * @param lstrip whether it takes the white space before it
 * @param rstrip whether it takes the white space after it
 * @param singleWord whether it has to stand alone, no letter or digit beside it
 */
record AddedToken(
    String content,
    boolean special,
    boolean normalized,
    boolean lstrip,
    boolean rstrip,
    boolean singleWord) {

  /** A control token of which a file has the text alone. */
  static AddedToken special(String content) {
    return new AddedToken(content, true, false, false, false, false);
  }

  /** The same as a control token. */
  AddedToken asSpecial() {
    return new AddedToken(content, true, normalized, lstrip, rstrip, singleWord);
  }

  /** The entry of a {@code tokenizer.json}, all of whose keys are there. */
  static AddedToken ofEntry(JsonNode entry) {
    return new AddedToken(
        entry.path("content").asText(),
        entry.path("special").asBoolean(),
        entry.path("normalized").asBoolean(),
        entry.path("lstrip").asBoolean(),
        entry.path("rstrip").asBoolean(),
        entry.path("single_word").asBoolean());
  }

  /** As {@code tokenizer.json} lists it. */
  ObjectNode entry(int id) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("content", content)
        .put("single_word", singleWord)
        .put("lstrip", lstrip)
        .put("rstrip", rstrip)
        .put("normalized", normalized)
        .put("special", special);
  }
}
