package albert.datasets.text;

import albert.datasets.DataFormatException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/** Opens the tokenizer that a file is. */
public final class Tokenizers {
  private static final String BERT_UNCASED = "all-minilm-l6-v2-tokenizer.json";

  private Tokenizers() {}

  /**
   * Opens a tokenizer file, decided by its name: {@code *.model} is SentencePiece, {@code *.txt} a
   * WordPiece vocabulary, {@code *.json} a Hugging Face tokenizer. The caller closes it.
   *
   * @throws DataFormatException if the file is none of these, or is malformed
   * @throws UncheckedIOException if it can't be read
   */
  public static Tokenizer open(Path file) {
    String name = Objects.toString(file.getFileName(), "");
    if (name.endsWith(".model")) {
      return SentencePieceTokenizer.open(file);
    }
    if (name.endsWith(".txt")) {
      return WordPieceTokenizer.open(file);
    }
    if (name.endsWith(".json")) {
      return JsonTokenizer.open(file);
    }
    throw new DataFormatException(
        file.toString(),
        "its name does not say which tokenizer it is, expected *.model (SentencePiece), vocab.txt"
            + " or tokenizer.json");
  }

  /**
   * The file of BERT's uncased English tokenizer (30522 pieces), a {@code tokenizer.json} that
   * arrives by Maven with the MiniLM model.
   */
  public static Path bundledBertUncasedFile() {
    return ClassPathFile.of(BERT_UNCASED);
  }

  /** BERT's uncased English tokenizer, opened. The caller closes it. */
  public static Tokenizer bundledBertUncased() {
    return open(bundledBertUncasedFile());
  }
}
