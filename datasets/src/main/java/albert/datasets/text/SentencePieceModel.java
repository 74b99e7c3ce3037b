package albert.datasets.text;

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
 * Reads the pieces of a SentencePiece model, a protocol buffer ({@code sentencepiece_model.proto}:
 * {@code ModelProto.pieces} is field 1, its {@code piece} field 1; {@code normalizer_spec} and
 * {@code denormalizer_spec} are 3 and 5, their {@code precompiled_charsmap} 2).
 *
 * <p>The native library answers no question about its pieces that is safe to ask with any id, and
 * reads some files that are no models.
 */
final class SentencePieceModel {
  private static final int PIECES = 1;
  private static final int NORMALIZER = 3;
  private static final int DENORMALIZER = 5;
  private static final int CHARS_MAP = 2;
  private static final int PIECE = 1;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private SentencePieceModel() {}

  /**
   * The pieces by id.
   *
   * @param file for messages
   * @throws DataFormatException if the bytes are not such a model
   */
  static List<String> pieces(String file, byte[] model) {
    List<String> pieces = new ArrayList<>();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
      while (buffer.hasRemaining()) {
        int tag = (int) varint(buffer);
        ByteBuffer value = field(buffer, tag);
        if (tag >>> 3 == PIECES) {
          pieces.add(piece(value));
        } else if (value != null && (tag >>> 3 == NORMALIZER || tag >>> 3 == DENORMALIZER)) {
          checkNormalizer(value);
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
    return pieces;
  }

  private static String piece(@Nullable ByteBuffer message) throws CharacterCodingException {
    if (message == null) {
      throw new IllegalArgumentException("a piece that is no message");
    }
    String piece = null;
    while (message.hasRemaining()) {
      int tag = (int) varint(message);
      ByteBuffer value = field(message, tag);
      if (tag >>> 3 == PIECE && value != null) {
        piece = StandardCharsets.UTF_8.newDecoder().decode(value).toString();
      }
    }
    if (piece == null) {
      throw new IllegalArgumentException("a piece without text");
    }
    return piece;
  }

  private static void checkNormalizer(ByteBuffer message) {
    while (message.hasRemaining()) {
      int tag = (int) varint(message);
      ByteBuffer value = field(message, tag);
      if (tag >>> 3 == CHARS_MAP && value != null) {
        CharsMap.check(value);
      }
    }
  }

  /** Skips a field's value; returns it if it is bytes. */
  private static @Nullable ByteBuffer field(ByteBuffer buffer, int tag) {
    switch (tag & 7) {
      case VARINT -> varint(buffer);
      case FIXED64 -> buffer.getLong();
      case FIXED32 -> buffer.getInt();
      case BYTES -> {
        long length = varint(buffer);
        if (length < 0 || length > buffer.remaining()) {
          throw new BufferUnderflowException();
        }
        ByteBuffer value = buffer.slice(buffer.position(), (int) length);
        value.order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(buffer.position() + (int) length);
        return value;
      }
      default -> throw new IllegalArgumentException("wire type " + (tag & 7));
    }
    return null;
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
