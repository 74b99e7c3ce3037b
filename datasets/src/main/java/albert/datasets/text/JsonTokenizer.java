package albert.datasets.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import albert.datasets.DataFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The tokenizer that a Hugging Face {@code tokenizer.json} describes, or that {@link
 * HuggingFaceBuilder} makes of a vocabulary, run by Hugging Face's own native library.
 *
 * <p>Differs from it in this: text becomes a control token only where it is asked for, and the
 * truncation and padding that the file asks for are not applied.
 */
public final class JsonTokenizer extends Tokenizer {
  /** Beyond this the library's memory no longer stays in the caches; found by measuring. */
  private static final int CHUNK_CHARACTERS = 16_384;

  /** For private use, so in no vocabulary: what is unknown has to have an id too. */
  private static final String UNKNOWN = "\ue000";

  private final String name;
  private final boolean endsWordsAtSpaces;
  private final Lifetime lifetime = new Lifetime();
  private final HuggingFaceTokenizer library;

  private JsonTokenizer(
      String name, TokenizerJson json, HuggingFaceTokenizer library, List<String> notes) {
    super(json.vocabulary(), json.isLowerCasing(), notes, json.fingerprint());
    this.name = name;
    this.endsWordsAtSpaces = json.endsWordsAtSpaces();
    this.library = library;
  }

  /**
   * Opens what was made safe.
   *
   * @param name of the file, for messages
   * @param notes what the user should know of it
   * @throws DataFormatException if the library does not take it
   */
  static JsonTokenizer open(String name, TokenizerJson json, List<String> notes) {
    // where there is CUDA the library would otherwise look for another build of itself to download
    if (System.getenv("RUST_FLAVOR") == null && System.getProperty("RUST_FLAVOR") == null) {
      System.setProperty("RUST_FLAVOR", "cpu");
    }
    Map<String, String> asIs = Map.of("padding", "false", "truncation", "false");
    HuggingFaceTokenizer library;
    try {
      library = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json.bytes()), asIs);
    } catch (RuntimeException | IOException e) {
      throw new DataFormatException(
          name, "the tokenizers library does not take it: " + e.getMessage(), e);
    }
    JsonTokenizer tokenizer = new JsonTokenizer(name, json, library, notes);
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
    IntStream.Builder ids = IntStream.builder();
    forEachChunk(
        text,
        (chunk, start) -> {
          LongStream.of(encoding(chunk).getIds()).forEach(id -> ids.add(Math.toIntExact(id)));
        });
    return ids.build().toArray();
  }

  @Override
  public TokenizedText encodeWithOffsets(String text) {
    Pieces pieces = new Pieces();
    forEachChunk(
        text,
        (chunk, start) -> {
          Encoding encoding = encoding(chunk);
          CharSpan[] spans = encoding.getCharTokenSpans();
          CodePointOffsets offsets = new CodePointOffsets(chunk);
          for (int i = 0; i < spans.length; i++) {
            int id = Math.toIntExact(encoding.getIds()[i]);
            int from = offsets.unit(spans[i].getStart());
            int to = offsets.unit(spans[i].getEnd());
            while (from < to && WhiteSpace.is(chunk.charAt(from))) {
              from++;
            }
            pieces.add(id, start + from, start + to);
          }
        });
    return pieces.of(text);
  }

  private void forEachChunk(String text, ObjIntConsumer<String> chunks) {
    String wellFormed = TokenizerJson.withoutHidden(WellFormed.of(text));
    int start = 0;
    while (start < wellFormed.length()) {
      int end = endOfChunk(wellFormed, start);
      chunks.accept(wellFormed.substring(start, end), start);
      start = end;
    }
  }

  /** From code points, which the library counts, to UTF-16 units; for places that rise mostly. */
  private static final class CodePointOffsets {
    private final String text;
    private int codePoint;
    private int unit;

    CodePointOffsets(String text) {
      this.text = text;
    }

    int unit(int wanted) {
      unit = text.offsetByCodePoints(unit, wanted - codePoint);
      codePoint = wanted;
      return unit;
    }
  }

  private Encoding encoding(String chunk) {
    return lifetime.during(
        () -> {
          try {
            return library.encode(chunk, false, false);
          } catch (RuntimeException e) {
            throw new DataFormatException(
                name, "the tokenizers library can't encode with it: " + e.getMessage(), e);
          }
        });
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
  public void close() {
    lifetime.end(library::close);
  }
}
