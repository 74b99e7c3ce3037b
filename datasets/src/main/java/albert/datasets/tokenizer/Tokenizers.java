package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import albert.datasets.tokenizer.TokenizerSettings.Kind;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Opens the tokenizer of a file or of a model's folder. */
public final class Tokenizers {
  private static final String BERT_UNCASED = "all-minilm-l6-v2-tokenizer.json";
  private static final List<String> NAMES =
      List.of("tokenizer.json", "spiece.model", "30k-clean.model", "vocab.txt");

  private Tokenizers() {}

  /** As {@link #open(Path, boolean)}, where special tokens in text stay text. */
  public static Tokenizer open(Path fileOrFolder) {
    return open(fileOrFolder, false);
  }

  /**
   * Opens a tokenizer, decided by its file's name: {@code *.model} is SentencePiece, {@code *.txt}
   * a WordPiece vocabulary, {@code *.json} a Hugging Face tokenizer; of a folder, the tokenizer of
   * the model in it. The caller closes it.
   *
   * <p>Beside a file under the name that transformers gives it, {@code tokenizer_config.json},
   * {@code special_tokens_map.json} and {@code added_tokens.json} are read, and the ids are those
   * of transformers 5.24. A vocabulary alone is tokenized as Google's code does, and whether it is
   * lower-cased is guessed from its pieces. What the user should know is logged once a process.
   *
   * @param specialInText whether special tokens in text become their ids, as in transformers;
   *     otherwise they are text
   * @throws DataFormatException if the file is none of these, or is malformed, or a file beside it
   *     asks for what is not supported
   * @throws UncheckedIOException if it can't be read
   */
  public static Tokenizer open(Path fileOrFolder, boolean specialInText) {
    Path found = Files.isDirectory(fileOrFolder) ? fileIn(fileOrFolder) : fileOrFolder;
    TokenizerSettings settings = TokenizerSettings.beside(found);
    Path file = ofKind(found, settings.kind());
    Tokenizer tokenizer = open(file, settings, specialInText);
    TokenizerNotes.say(tokenizer.notes());
    return tokenizer;
  }

  private static Tokenizer open(Path file, TokenizerSettings settings, boolean specialInText) {
    String name = Objects.toString(file.getFileName(), "");
    boolean google = !settings.needsHuggingFace() && !specialInText;
    if (name.endsWith(".model") && google) {
      return SentencePieceTokenizer.open(file, settings.lowerCase());
    }
    if (name.endsWith(".txt") && google) {
      return WordPieceTokenizer.open(file, settings.lowerCase());
    }
    if (name.endsWith(".model") || name.endsWith(".txt") || name.endsWith(".json")) {
      return new HuggingFaceBuilder(file, settings, specialInText).open();
    }
    throw new DataFormatException(
        file.toString(),
        "its name does not say which tokenizer it is, expected *.model (SentencePiece), vocab.txt"
            + " or tokenizer.json");
  }

  /**
   * What a tokenizer's {@link Tokenizer#fingerprint()} is by the files beside it; nothing where
   * there are none, or where it is the same without them.
   *
   * @throws DataFormatException as {@link #open(Path)}
   */
  public static Optional<String> companionsFingerprint(Path file) {
    TokenizerSettings settings = TokenizerSettings.beside(file);
    if (!settings.given()) {
      return Optional.empty();
    }
    try (Tokenizer tokenizer = open(file, settings, false)) {
      return tokenizer.fingerprint().equals(fingerprintAlone(file))
          ? Optional.empty()
          : Optional.of(tokenizer.fingerprint());
    }
  }

  /** Nothing if the file needs what lies beside it, say the names of special tokens. */
  private static String fingerprintAlone(Path file) {
    try (Tokenizer alone = open(file, TokenizerSettings.NONE, false)) {
      return alone.fingerprint();
    } catch (DataFormatException e) {
      return "";
    }
  }

  private static Path fileIn(Path folder) {
    CompanionFile checkpoint = CompanionFile.read(folder.resolve("checkpoint.json"));
    Optional<String> named = checkpoint.text("tokenizer");
    if (named.isPresent()) {
      return folder.resolve(named.get());
    }
    return NAMES.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new DataFormatException(
                    folder.toString(),
                    "there is no tokenizer in it, expected tokenizer.json, spiece.model or"
                        + " vocab.txt"));
  }

  /** Where a folder has the files of two tokenizers, the one that its configuration is of. */
  private static Path ofKind(Path found, Kind kind) {
    String name = Objects.toString(found.getFileName(), "");
    Path vocabulary = found.resolveSibling("vocab.txt");
    Path pieces = found.resolveSibling("spiece.model");
    if (kind == Kind.BERT && name.endsWith(".model") && Files.isRegularFile(vocabulary)) {
      return vocabulary;
    }
    return kind == Kind.ALBERT && name.endsWith(".txt") && Files.isRegularFile(pieces)
        ? pieces
        : found;
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
