package albert.datasets.tokenizer;

import ai.djl.sentencepiece.SpProcessor;
import ai.djl.sentencepiece.SpTokenizer;
import albert.datasets.DataFormatException;
import albert.evaluation.record.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * ALBERT's tokenizer over a SentencePiece {@code .model}: google-research/albert, {@code
 * tokenization.py:preprocess_text} and {@code encode_pieces}.
 *
 * <p>White space is collapsed, the text brought to NFKD, characters of a combining class dropped
 * and, where it is said or else the vocabulary has no pieces with upper-case letters, lower-cased;
 * the native library segments it. A piece that ends in a digit and a comma ({@code ▁2019,}) is then
 * segmented again without its comma, so that a number has the same pieces before a comma as
 * elsewhere.
 */
public final class SentencePieceTokenizer extends Tokenizer {
  private static final String WORD_START = "\u2581";

  private final BitSet combining;
  private final Lifetime lifetime = new Lifetime();
  private final SpTokenizer library;
  private final SpProcessor processor;
  private final Map<Integer, int[]> withoutComma;
  private final UnknownRuns unknownRuns;

  private SentencePieceTokenizer(
      Vocabulary vocabulary, Optional<Boolean> lowerCase, SpTokenizer library, byte[] model) {
    super(vocabulary, lowerCase, new Sha256().add("SentencePiece").add(model));
    this.combining = combining();
    this.library = library;
    this.processor = library.getProcessor();
    this.withoutComma = withoutComma();
    this.unknownRuns = new UnknownRuns(inPieces(vocabulary), this::isUnknown);
  }

  /**
   * Reads a model.
   *
   * @param lowerCase whether text is lower-cased; if empty, the vocabulary decides
   * @throws DataFormatException if the file is not one, or lacks a special token
   * @throws UncheckedIOException if it can't be read
   */
  static SentencePieceTokenizer open(Path file, Optional<Boolean> lowerCase) {
    byte[] model;
    try {
      model = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Vocabulary vocabulary =
        new Vocabulary(file.toString(), SentencePieceModel.read(file.toString(), model).pieces());
    try {
      return new SentencePieceTokenizer(vocabulary, lowerCase, new SpTokenizer(model), model);
    } catch (RuntimeException e) {
      throw new DataFormatException(
          file.toString(), "SentencePiece does not take it as a model: " + e.getMessage(), e);
    }
  }

  /**
   * Characters whose canonical combining class is not 0: Python's {@code unicodedata.combining}.
   */
  private static BitSet combining() {
    BitSet combining = new BitSet();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      int type = Character.getType(c);
      if ((type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK)
          && isReordered(Character.toString(c))) {
        combining.set(c);
      }
    }
    return combining;
  }

  /**
   * The class is not public in the JDK, but shows: canonical order puts a mark of class 1 to 229
   * before one of class 230, and one of class 220 before a mark of class 221 and above.
   */
  private static boolean isReordered(String mark) {
    String class230 = "\u0300";
    String class220 = "\u0323";
    return !Normalizer.isNormalized(class230 + mark, Normalizer.Form.NFD)
        || !Normalizer.isNormalized(mark + class220, Normalizer.Form.NFD);
  }

  private static BitSet inPieces(Vocabulary vocabulary) {
    BitSet characters = new BitSet();
    for (int id = 0; id < vocabulary.size(); id++) {
      vocabulary.piece(id).codePoints().forEach(characters::set);
    }
    return characters;
  }

  /** Whether the library neither knows a character nor makes another one of it. */
  private boolean isUnknown(int character) {
    String three = Character.toString(character).repeat(3);
    int[] ids = processor.encode(three);
    String[] surfaces = processor.tokenize(three);
    int last = ids.length - 1;
    return last >= 0
        && ids[last] == vocabulary.specialTokens().unk()
        && surfaces[last].replace(WORD_START, "").equals(three);
  }

  private Map<Integer, int[]> withoutComma() {
    Map<Integer, int[]> replaced = new HashMap<>();
    int comma = vocabulary.id(",").orElse(vocabulary.specialTokens().unk());
    for (int id = 0; id < vocabulary.size(); id++) {
      String piece = vocabulary.piece(id);
      int last = piece.length() - 1;
      if (last > 0 && piece.charAt(last) == ',' && Character.isDigit(piece.charAt(last - 1))) {
        String number = piece.substring(0, last).replace(WORD_START, "");
        IntStream pieces = IntStream.of(processor.encode(number));
        if (!piece.startsWith(WORD_START)) {
          pieces = inWord(pieces.toArray());
        }
        replaced.put(id, IntStream.concat(pieces, IntStream.of(comma)).toArray());
      }
    }
    return replaced;
  }

  /** Takes back the mark of a word's start, which segmenting a number on its own puts there. */
  private IntStream inWord(int[] pieces) {
    String first = vocabulary.piece(pieces[0]);
    if (!first.startsWith(WORD_START)) {
      return IntStream.of(pieces);
    }
    IntStream rest = IntStream.of(pieces).skip(1);
    String stripped = first.substring(WORD_START.length());
    if (stripped.isEmpty()) {
      return rest;
    }
    int id = vocabulary.id(stripped).orElse(vocabulary.specialTokens().unk());
    return IntStream.concat(IntStream.of(id), rest);
  }

  @Override
  public int[] encode(String text) {
    String prepared = prepare(text);
    int[] ids = lifetime.during(() -> processor.encode(prepared));
    if (IntStream.of(ids).noneMatch(withoutComma::containsKey)) {
      return ids;
    }
    return IntStream.of(ids)
        .flatMap(id -> IntStream.of(withoutComma.getOrDefault(id, new int[] {id})))
        .toArray();
  }

  @Override
  public int[] encodeBehind(String text) {
    int[] ids = encode(text);
    if (ids.length == 0 || WhiteSpace.is(text.charAt(0))) {
      return ids;
    }
    String first = vocabulary.piece(ids[0]);
    if (first.equals(WORD_START)) {
      return IntStream.of(ids).skip(1).toArray();
    }
    if (first.startsWith(WORD_START)) {
      ids[0] = vocabulary.id(first.substring(WORD_START.length())).orElse(ids[0]);
    }
    return ids;
  }

  @Override
  public TokenizedText encodeWithOffsets(String text) {
    String prepared = prepare(text);
    int[] ids = lifetime.during(() -> processor.encode(prepared));
    String[] surfaces = lifetime.during(() -> processor.tokenize(prepared));
    Alignment aligned = aligned(text);
    PieceAligner aligner =
        new PieceAligner(aligned.without(unknownRuns.middles(aligned.changed())));
    for (int i = 0; i < ids.length; i++) {
      int[] split = withoutComma.get(ids[i]);
      if (split == null) {
        aligner.place(ids[i], surfaces[i]);
      } else {
        for (int id : split) {
          aligner.place(id, vocabulary.piece(id));
        }
      }
    }
    return aligner.of(text);
  }

  /** {@link #prepare} a code point at a time; white space stays as it is. */
  private Alignment aligned(String text) {
    return Alignment.of(
        WellFormed.of(text),
        0,
        c -> {
          String decomposed = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
          StringBuilder kept = new StringBuilder(decomposed.length());
          decomposed
              .codePoints()
              .filter(part -> !combining.get(part))
              .forEach(kept::appendCodePoint);
          return isLowerCasing() ? kept.toString().toLowerCase(Locale.ROOT) : kept.toString();
        });
  }

  private String prepare(String text) {
    String collapsed = WhiteSpace.collapse(WellFormed.of(text));
    String decomposed = Normalizer.normalize(collapsed, Normalizer.Form.NFKD);
    String plain = decomposed;
    if (decomposed.codePoints().anyMatch(combining::get)) {
      StringBuilder kept = new StringBuilder(decomposed.length());
      decomposed.codePoints().filter(c -> !combining.get(c)).forEach(kept::appendCodePoint);
      plain = kept.toString();
    }
    return unknownRuns.shorten(isLowerCasing() ? plain.toLowerCase(Locale.ROOT) : plain);
  }

  @Override
  public void close() {
    lifetime.end(library::close);
  }
}
