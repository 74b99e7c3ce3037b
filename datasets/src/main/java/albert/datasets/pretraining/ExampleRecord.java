package albert.datasets.pretraining;

import albert.datasets.tokenizer.SpecialTokens;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * An example as the published script writes it: a {@code tf.train.Example} whose features are
 * padded to the maximum, {@code input_ids}, {@code input_mask}, {@code segment_ids}, {@code
 * token_boundary}, {@code masked_lm_positions}, {@code masked_lm_ids} and {@code
 * next_sentence_labels} int64, {@code masked_lm_weights} float32.
 */
final class ExampleRecord {
  private static final int FEATURES = 1;
  private static final int ENTRY = 1;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int FLOAT_LIST = 2;
  private static final int INT64_LIST = 3;
  private static final int LIST_VALUE = 1;

  private ExampleRecord() {}

  /**
   * An example as a record.
   *
   * @param length of the padded sequence
   * @param predictions slots for masked pieces
   */
  static byte[] write(PretrainingExample example, int length, int predictions, int padId) {
    int[] mask = new int[example.length()];
    Arrays.fill(mask, 1);
    byte[] features =
        message(
            out -> {
              ints(out, "input_ids", padded(example.inputIds(), length, padId));
              ints(out, "input_mask", padded(mask, length, 0));
              ints(out, "segment_ids", padded(example.segmentIds(), length, 0));
              ints(out, "token_boundary", padded(example.tokenBoundary(), length, 0));
              ints(out, "masked_lm_positions", padded(example.maskedPositions(), predictions, 0));
              ints(out, "masked_lm_ids", padded(example.maskedIds(), predictions, 0));
              weights(out, example.maskedIds().length, predictions);
              ints(out, "next_sentence_labels", new int[] {example.label()});
            });
    return message(out -> out.writeByteArray(FEATURES, features));
  }

  /**
   * A record as an example, its padding cut off. Predictions of weight 0 are none.
   *
   * @param special to check that the sequence begins and ends as it should
   * @param vocabSize ids are 0 to this, exclusive
   * @throws IllegalArgumentException if it is not in this layout, in words that follow a record's
   *     number
   */
  static PretrainingExample read(byte[] record, SpecialTokens special, int vocabSize) {
    Map<String, double[]> features = features(record);
    int[] mask = feature(features, "input_mask");
    int length = Arrays.stream(mask).sum();
    int[] ids = checked(features, "input_ids", mask.length, vocabSize);
    int[] segments = checked(features, "segment_ids", mask.length, 2);
    if (length < 1 || ids[0] != special.cls() || ids[length - 1] != special.sep()) {
      throw new IllegalArgumentException(
          "does not begin with [CLS] and end with [SEP] as the tokenizer numbers them: it is of"
              + " another vocabulary");
    }
    int[] boundary = new int[mask.length];
    if (features.containsKey("token_boundary")) {
      boundary = checked(features, "token_boundary", mask.length, 2);
    }
    int[] positions = checked(features, "masked_lm_positions", -1, length);
    int[] maskedIds = checked(features, "masked_lm_ids", positions.length, vocabSize);
    double[] weights = features.getOrDefault("masked_lm_weights", new double[0]);
    int predictions = (int) Arrays.stream(weights).filter(weight -> weight > 0).count();
    if (weights.length != positions.length) {
      throw new IllegalArgumentException(
          "has no masked_lm_weights for each of its masked_lm_positions");
    }
    return new PretrainingExample(
        Arrays.copyOf(ids, length),
        Arrays.copyOf(segments, length),
        Arrays.copyOf(boundary, length),
        Arrays.copyOf(positions, predictions),
        Arrays.copyOf(maskedIds, predictions),
        checked(features, "next_sentence_labels", 1, 2)[0]);
  }

  private static int[] padded(int[] values, int length, int padding) {
    int[] padded = Arrays.copyOf(values, length);
    Arrays.fill(padded, values.length, length, padding);
    return padded;
  }

  private static int[] feature(Map<String, double[]> features, String name) {
    double[] values = features.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "has no %s, its features are %s", name, features.keySet()));
    }
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  private static int[] checked(Map<String, double[]> features, String name, int size, int bound) {
    int[] values = feature(features, name);
    if (size >= 0 && values.length != size) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "has %d %s, expected are %d", values.length, name, size));
    }
    for (int value : values) {
      if (value < 0 || value >= bound) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "has %d among its %s, allowed are 0 to %d", value, name, bound - 1));
      }
    }
    return values;
  }

  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.writeTo(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
  }

  private static void entry(CodedOutputStream out, String name, int list, byte[] packed)
      throws IOException {
    byte[] values = message(inner -> inner.writeByteArray(LIST_VALUE, packed));
    byte[] feature = message(inner -> inner.writeByteArray(list, values));
    out.writeByteArray(
        ENTRY,
        message(
            inner -> {
              inner.writeString(KEY, name);
              inner.writeByteArray(VALUE, feature);
            }));
  }

  private static void ints(CodedOutputStream out, String name, int[] values) throws IOException {
    byte[] packed =
        message(
            inner -> {
              for (int value : values) {
                inner.writeInt64NoTag(value);
              }
            });
    entry(out, name, INT64_LIST, packed);
  }

  private static void weights(CodedOutputStream out, int used, int slots) throws IOException {
    byte[] packed =
        message(
            inner -> {
              for (int i = 0; i < slots; i++) {
                inner.writeFloatNoTag(i < used ? 1 : 0);
              }
            });
    entry(out, "masked_lm_weights", FLOAT_LIST, packed);
  }

  private static Map<String, double[]> features(byte[] record) {
    Map<String, double[]> features = new HashMap<>();
    try {
      CodedInputStream in = CodedInputStream.newInstance(record);
      descend(in, FEATURES, all -> descend(all, ENTRY, entry -> readEntry(entry, features)));
    } catch (IOException e) {
      throw new IllegalArgumentException("is no tf.train.Example, or is cut short", e);
    }
    return features;
  }

  private interface Reading {
    void read(CodedInputStream in) throws IOException;
  }

  /** Reads every message of a field, passing over other fields. */
  private static void descend(CodedInputStream in, int field, Reading reading) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field) {
        reading.read(in.readBytes().newCodedInput());
      } else {
        in.skipField(tag);
      }
    }
  }

  private static void readEntry(CodedInputStream in, Map<String, double[]> features)
      throws IOException {
    String name = "";
    ByteString feature = ByteString.EMPTY;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case KEY -> name = in.readStringRequireUtf8();
        case VALUE -> feature = in.readBytes();
        default -> in.skipField(tag);
      }
    }
    features.put(name, list(feature.newCodedInput()));
  }

  private static double[] list(CodedInputStream in) throws IOException {
    double[] values = new double[0];
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int kind = WireFormat.getTagFieldNumber(tag);
      if (kind == FLOAT_LIST || kind == INT64_LIST) {
        values = numbers(in.readBytes().newCodedInput(), kind == FLOAT_LIST);
      } else {
        in.skipField(tag);
      }
    }
    return values;
  }

  /** Packed or one by one, as writers may choose. */
  private static double[] numbers(CodedInputStream in, boolean floats) throws IOException {
    DoubleStream.Builder values = DoubleStream.builder();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        CodedInputStream packed = in.readBytes().newCodedInput();
        while (!packed.isAtEnd()) {
          values.add(floats ? packed.readFloat() : packed.readInt64());
        }
      } else {
        values.add(floats ? in.readFloat() : in.readInt64());
      }
    }
    return values.build().toArray();
  }
}
