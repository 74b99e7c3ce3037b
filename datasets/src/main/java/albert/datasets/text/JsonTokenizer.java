package albert.datasets.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import albert.datasets.DataFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The tokenizer that a Hugging Face {@code tokenizer.json} describes, run by Hugging Face's own
 * native library.
 *
 * <p>Differs from it in this: text never becomes a control token, and the truncation and padding
 * that the file asks for are not applied.
 */
public final class JsonTokenizer implements Tokenizer {
  /** Beyond this the library's memory no longer stays in the caches; found by measuring. */
  private static final int CHUNK_CHARACTERS = 16_384;

  /** For private use, so in no vocabulary: what is unknown has to have an id too. */
  private static final String UNKNOWN = "\ue000";

  private final String name;
  private final Vocabulary vocabulary;
  private final boolean endsWordsAtSpaces;
  private final Lifetime lifetime = new Lifetime();
  private final HuggingFaceTokenizer library;

  private JsonTokenizer(String name, TokenizerJson json, HuggingFaceTokenizer library) {
    this.name = name;
    this.vocabulary = json.vocabulary();
    this.endsWordsAtSpaces = json.endsWordsAtSpaces();
    this.library = library;
  }

  /**
   * Reads the file.
   *
   * @throws DataFormatException if it is not one, or lacks a special token
   * @throws UncheckedIOException if it can't be read
   */
  public static JsonTokenizer open(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return open(file.toString(), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a stream, which stays the caller's to close.
   *
   * @param name of the stream, for messages
   * @throws IOException if it can't be read
   */
  static JsonTokenizer open(String name, InputStream in) throws IOException {
    TokenizerJson json = TokenizerJson.parse(name, in.readAllBytes());
    // where there is CUDA the library would otherwise look for another build of itself to download
    if (System.getenv("RUST_FLAVOR") == null && System.getProperty("RUST_FLAVOR") == null) {
      System.setProperty("RUST_FLAVOR", "cpu");
    }
    Map<String, String> asIs = Map.of("padding", "false", "truncation", "false");
    HuggingFaceTokenizer library;
    try {
      library = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json.bytes()), asIs);
    } catch (RuntimeException e) {
      throw new DataFormatException(
          name, "the tokenizers library does not take it: " + e.getMessage(), e);
    }
    JsonTokenizer tokenizer = new JsonTokenizer(name, json, library);
    try {
      tokenizer.encode(UNKNOWN);
      return tokenizer;
    } catch (DataFormatException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public int[] encode(String text) {
    String wellFormed = TokenizerJson.withoutHidden(WellFormed.of(text));
    IntStream.Builder ids = IntStream.builder();
    int start = 0;
    while (start < wellFormed.length()) {
      int end = endOfChunk(wellFormed, start);
      String chunk = wellFormed.substring(start, end);
      long[] found = lifetime.during(() -> ids(chunk));
      LongStream.of(found).forEach(id -> ids.add(Math.toIntExact(id)));
      start = end;
    }
    return ids.build().toArray();
  }

  private long[] ids(String chunk) {
    try {
      return library.encode(chunk, false, false).getIds();
    } catch (RuntimeException e) {
      throw new DataFormatException(
          name, "the tokenizers library can't encode with it: " + e.getMessage(), e);
    }
  }

  /** A space, where no piece can reach across; else the end of the text. */
  private int endOfChunk(String text, int start) {
    if (!endsWordsAtSpaces || text.length() - start <= CHUNK_CHARACTERS) {
      return text.length();
    }
    int space = text.indexOf(' ', start + CHUNK_CHARACTERS);
    return space < 0 ? text.length() : space;
  }

  @Override
  public int vocabSize() {
    return vocabulary.size();
  }

  @Override
  public SpecialTokens specialTokens() {
    return vocabulary.specialTokens();
  }

  @Override
  public String piece(int id) {
    return vocabulary.piece(id);
  }

  @Override
  public OptionalInt id(String piece) {
    return vocabulary.id(piece);
  }

  @Override
  public void close() {
    lifetime.end(library::close);
  }
}
