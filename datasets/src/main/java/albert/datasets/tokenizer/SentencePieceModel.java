package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is in a SentencePiece model, a protocol buffer ({@code sentencepiece_model.proto}: {@code
 * ModelProto.pieces} is field 1, with {@code piece} 1, {@code score} 2 and {@code type} 3; {@code
 * trainer_spec} is 2, its {@code model_type} 3; {@code normalizer_spec} and {@code
 * denormalizer_spec} are 3 and 5, their {@code precompiled_charsmap} 2).
 *
 * <p>The native library answers no question about its pieces that is safe to ask with any id, and
 * reads some files that are no models.
 *
 * @param entries the pieces by id
 * @param unigram whether it segments by a unigram model, as ALBERT's does
 * @param charsMap the normalisation table; empty for none. Handed over, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
record SentencePieceModel(List<Entry> entries, boolean unigram, byte[] charsMap) {
  private static final int PIECES = 1;
  private static final int TRAINER = 2;
  private static final int NORMALIZER = 3;
  private static final int DENORMALIZER = 5;
  private static final int CHARS_MAP = 2;
  private static final int MODEL_TYPE = 3;
  private static final int UNIGRAM = 1;
  private static final int PIECE = 1;
  private static final int SCORE = 2;
  private static final int TYPE = 3;
  private static final int NORMAL = 1;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  SentencePieceModel {
    entries = List.copyOf(entries);
  }

  /**
   * A piece.
   *
   * @param text as the vocabulary spells it
   * @param score its logarithmic probability
   * @param type {@code ModelProto.SentencePiece.Type}
   */
  record Entry(String text, float score, int type) {

    /** Whether it is a token beside the vocabulary for transformers. */
    boolean isAdded() {
      return type == CONTROL || type == USER_DEFINED;
    }

    boolean isControl() {
      return type == CONTROL;
    }
  }

  /**
   * Reads it.
   *
   * @param file for messages
   * @throws DataFormatException if the bytes are not such a model
   */
  static SentencePieceModel read(String file, byte[] model) {
    List<Entry> entries = new ArrayList<>();
    long type = UNIGRAM;
    byte[] charsMap = {};
    try {
      ByteBuffer buffer = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
      while (buffer.hasRemaining()) {
        Field field = Field.next(buffer);
        switch (field.number()) {
          case PIECES -> entries.add(entry(field.message()));
          case TRAINER -> type = modelType(field.message(), type);
          case NORMALIZER -> charsMap = charsMap(field.message(), charsMap);
          case DENORMALIZER -> charsMap(field.message(), charsMap);
          default -> {}
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException | CharacterCodingException e) {
      throw new DataFormatException(
          file,
          String.format(
              Locale.ROOT,
              "it is not a SentencePiece model, or is cut off (%d bytes)",
              model.length));
    }
    return new SentencePieceModel(entries, type == UNIGRAM, charsMap);
  }

  /** The pieces by id. */
  List<String> pieces() {
    return entries.stream().map(Entry::text).toList();
  }

  private static Entry entry(ByteBuffer message) throws CharacterCodingException {
    String text = null;
    float score = 0;
    int type = NORMAL;
    while (message.hasRemaining()) {
      Field field = Field.next(message);
      switch (field.number()) {
        case PIECE -> text = StandardCharsets.UTF_8.newDecoder().decode(field.message()).toString();
        case SCORE -> score = Float.intBitsToFloat((int) field.value());
        case TYPE -> type = (int) field.value();
        default -> {}
      }
    }
    if (text == null) {
      throw new IllegalArgumentException("a piece without text");
    }
    return new Entry(text, score, type);
  }

  private static long modelType(ByteBuffer message, long otherwise) {
    long type = otherwise;
    while (message.hasRemaining()) {
      Field field = Field.next(message);
      type = field.number() == MODEL_TYPE ? field.value() : type;
    }
    return type;
  }

  private static byte[] charsMap(ByteBuffer message, byte[] otherwise) {
    byte[] table = otherwise;
    while (message.hasRemaining()) {
      Field field = Field.next(message);
      if (field.number() == CHARS_MAP) {
        CharsMap.check(field.message());
        table = new byte[field.message().remaining()];
        field.message().duplicate().get(table);
      }
    }
    return table;
  }

  /**
   * A field.
   *
   * @param number which
   * @param value of a number
   * @param bytes of anything else
   */
  private record Field(int number, long value, @Nullable ByteBuffer bytes) {

    static Field next(ByteBuffer buffer) {
      int tag = (int) varint(buffer);
      int number = tag >>> 3;
      return switch (tag & 7) {
        case VARINT -> new Field(number, varint(buffer), null);
        case FIXED64 -> new Field(number, buffer.getLong(), null);
        case FIXED32 -> new Field(number, buffer.getInt(), null);
        case BYTES -> new Field(number, 0, slice(buffer));
        default -> throw new IllegalArgumentException("wire type " + (tag & 7));
      };
    }

    ByteBuffer message() {
      if (bytes == null) {
        throw new IllegalArgumentException("a number where bytes belong");
      }
      return bytes;
    }

    private static ByteBuffer slice(ByteBuffer buffer) {
      long length = varint(buffer);
      if (length < 0 || length > buffer.remaining()) {
        throw new BufferUnderflowException();
      }
      ByteBuffer value = buffer.slice(buffer.position(), (int) length);
      value.order(ByteOrder.LITTLE_ENDIAN);
      buffer.position(buffer.position() + (int) length);
      return value;
    }
  }

  private static long varint(ByteBuffer buffer) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = buffer.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes");
  }
}
