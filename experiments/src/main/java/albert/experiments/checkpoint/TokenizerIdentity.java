package albert.experiments.checkpoint;

import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.Sha256;
import java.io.IOException;
import java.nio.file.Path;

/** Which tokenizer it is, by all that decides its ids. */
public final class TokenizerIdentity {

  private TokenizerIdentity() {}

  /**
   * SHA-256 over the file; and, where files beside it change ids, over what they make of it.
   *
   * @throws albert.datasets.DataFormatException if a file is malformed
   * @throws IOException if one can't be read
   */
  public static String of(Path tokenizer) throws IOException {
    String file = Sha256.of(tokenizer);
    return Tokenizers.companionsFingerprint(tokenizer)
        .map(beside -> Sha256.of(file + "\n" + beside))
        .orElse(file);
  }
}
