package albert.datasets.tokenizer;

import albert.datasets.tokenizer.TokenizerSettings.Kind;
import albert.evaluation.record.AtomicFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes {@value #NAME} for a tokenizer that has none, so that transformers, and whoever reads the
 * files later, need not guess what text is lower-cased.
 */
public final class TokenizerConfigFile {
  /** The file. */
  public static final String NAME = "tokenizer_config.json";

  /**
   * A key of our own, which transformers passes over: that the suite goes on to cut text as
   * Google's code does, as before the file was there.
   */
  static final String RULES = "tokenization_rules";

  /** The only value of {@link #RULES}. */
  static final String GOOGLE = "google-research";

  private TokenizerConfigFile() {}

  /**
   * Writes it into a folder that a tokenizer is copied to, creating the folder.
   *
   * @param tokenizer the file that is copied; what lies beside it is copied too
   * @return whether one was written; not where the tokenizer has one, which is copied then
   * @throws IOException if it can't be written
   */
  public static boolean complete(Path tokenizer, Path folder) throws IOException {
    TokenizerSettings settings = TokenizerSettings.beside(tokenizer);
    if (settings.config()) {
      return false;
    }
    Files.createDirectories(folder);
    AtomicFiles.writeText(
        folder.resolve(NAME),
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(json(tokenizer, settings))
            + "\n");
    return true;
  }

  private static ObjectNode json(Path tokenizer, TokenizerSettings settings) {
    String name = Objects.toString(tokenizer.getFileName(), "");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    try (Tokenizer opened = Tokenizers.open(tokenizer)) {
      if (name.endsWith(".json")) {
        json.put("tokenizer_class", "PreTrainedTokenizerFast");
      } else if (name.endsWith(".model")) {
        json.put("tokenizer_class", "AlbertTokenizer");
        json.put("do_lower_case", opened.isLowerCasing());
        json.put("keep_accents", false).put("remove_space", true);
      } else {
        json.put("tokenizer_class", "BertTokenizer");
        json.put("do_lower_case", opened.isLowerCasing()).putNull("strip_accents");
        json.put("tokenize_chinese_chars", true);
      }
      SpecialTokens special = opened.specialTokens();
      json.put("cls_token", opened.piece(special.cls()));
      json.put("sep_token", opened.piece(special.sep()));
      json.put("pad_token", opened.piece(special.pad()));
      json.put("mask_token", opened.piece(special.mask()));
      json.put("unk_token", opened.piece(special.unk()));
      if (!settings.given() && !name.endsWith(".json") && settings.kind() != Kind.FAST) {
        json.put(RULES, GOOGLE);
      }
    }
    return json;
  }
}
