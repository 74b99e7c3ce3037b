package albert.experiments.cli;

import albert.datasets.tokenizer.TokenizerConfigFile;
import albert.datasets.tokenizer.TokenizerTraits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a conversion writes beside a tokenizer, and what of it the other side can't know. */
final class ConvertedTokenizer {

  private ConvertedTokenizer() {}

  /**
   * Writes the configuration of a tokenizer that has none.
   *
   * @param tokenizer the file that the conversion copies; null for a model without one
   * @param format as {@code --to} names it
   * @return a line each on what differs on the other side
   * @throws IOException if it can't be written
   */
  static List<String> complete(@Nullable Path tokenizer, Path folder, String format)
      throws IOException {
    if (tokenizer == null) {
      return List.of();
    }
    TokenizerConfigFile.complete(tokenizer, folder);
    TokenizerTraits traits = TokenizerTraits.of(tokenizer);
    List<String> notes = new ArrayList<>();
    if (format.equals("hf") && traits.googleRules()) {
      notes.add(
          traits.sentencePiece()
              ? "transformers makes a quotation mark of `` and '', and may cut a number before a"
                  + " comma in another way than Google's code; other text has the same ids"
              : "transformers makes [UNK] of words of more than 100 characters, Google's code of"
                  + " more than 200; other text has the same ids");
    }
    if (format.equals("tf-checkpoint")) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Google's code does not read tokenizer_config.json: give it --do_lower_case=%s",
              traits.lowerCasing()));
      notes.addAll(traits.unknownToGoogle());
    }
    return notes;
  }
}
