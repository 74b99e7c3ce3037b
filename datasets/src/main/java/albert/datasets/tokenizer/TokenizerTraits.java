package albert.datasets.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What other programs have to know of a tokenizer to make the same ids.
 *
 * @param lowerCasing whether text is lower-cased
 * @param googleRules whether text is cut as Google's code cuts it
 * @param sentencePiece whether it is a SentencePiece model
 * @param unknownToGoogle what of it Google's code does not do, a line each
 */
public record TokenizerTraits(
    boolean lowerCasing, boolean googleRules, boolean sentencePiece, List<String> unknownToGoogle) {

  /** Copies the list. */
  public TokenizerTraits {
    unknownToGoogle = List.copyOf(unknownToGoogle);
  }

  /**
   * Reads them from a tokenizer's file and what lies beside it.
   *
   * @throws albert.datasets.DataFormatException if a file is malformed
   */
  public static TokenizerTraits of(Path file) {
    TokenizerSettings settings = TokenizerSettings.beside(file);
    try (Tokenizer tokenizer = Tokenizers.open(file)) {
      return new TokenizerTraits(
          tokenizer.isLowerCasing(),
          !(tokenizer instanceof JsonTokenizer),
          Objects.toString(file.getFileName(), "").endsWith(".model"),
          unknownToGoogle(file, settings, tokenizer.isLowerCasing()));
    }
  }

  private static List<String> unknownToGoogle(
      Path file, TokenizerSettings settings, boolean lowerCasing) {
    List<String> unknown = new ArrayList<>();
    boolean json = Objects.toString(file.getFileName(), "").endsWith(".json");
    if (json
        && !Files.isRegularFile(file.resolveSibling("vocab.txt"))
        && !Files.isRegularFile(file.resolveSibling("spiece.model"))) {
      unknown.add(
          "Google's code does not read tokenizer.json, and there is neither vocab.txt nor"
              + " spiece.model beside the model");
    }
    if (settings.stripAccents().orElse(lowerCasing) != lowerCasing || settings.keepAccents()) {
      unknown.add("Google's code strips accents just where it lower-cases, unlike this tokenizer");
    }
    if (!settings.splitIdeographs()) {
      unknown.add("Google's code makes a word of each ideograph, unlike this tokenizer");
    }
    long added = settings.added().values().stream().filter(token -> !token.special()).count();
    if (added > 0) {
      unknown.add(
          "Google's code has no added tokens, and cuts the " + added + " of this tokenizer");
    }
    return unknown;
  }
}
