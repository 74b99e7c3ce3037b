package albert.model.io.safetensors;

import albert.model.io.file.Dtype;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorEntry;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the JSON header of a safetensors file, strictly: exactly {@code dtype}, {@code shape} and
 * {@code data_offsets} for each tensor, and tensors that cover the rest of the file without gap or
 * overlap, as the format demands.
 */
final class SafetensorsHeader {
  private static final String METADATA = "__metadata__";
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final long dataStart;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

  private SafetensorsHeader(Path file, long dataStart) {
    this.file = file;
    this.dataStart = dataStart;
  }

  /**
   * Parses and checks a header.
   *
   * @param json the header's text
   * @param dataStart offset of the first byte behind it
   * @param fileSize the file's length
   */
  static SafetensorsHeader parse(Path file, String json, long dataStart, long fileSize) {
    SafetensorsHeader header = new SafetensorsHeader(file, dataStart);
    try (JsonParser parser = JSON.createParser(json)) {
      header.read(parser);
    } catch (JsonProcessingException e) {
      throw ModelFileException.notJson(file, "header ", e);
    } catch (IOException e) {
      throw new ModelFileException(file, "header can't be read", e);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file, String.valueOf(e.getMessage()), e);
    }
    header.checkCoverage(fileSize);
    return header;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  Map<String, TensorEntry> entries() {
    return entries;
  }

  private void read(JsonParser parser) throws IOException {
    expect(parser.nextToken() == JsonToken.START_OBJECT, "header is not a JSON object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      expect(
          parser.nextToken() == JsonToken.START_OBJECT,
          "value of " + ModelFileException.quote(name) + " in the header is not an object");
      if (name.equals(METADATA)) {
        readMetadata(parser);
      } else {
        entries.put(name, readEntry(parser, name));
      }
    }
    expect(parser.nextToken() == null, "more text behind the header's JSON object");
  }

  private void readMetadata(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      expect(
          parser.nextToken() == JsonToken.VALUE_STRING,
          METADATA + " " + ModelFileException.quote(key) + " is not a string");
      metadata.put(key, parser.getText());
    }
  }

  private TensorEntry readEntry(JsonParser parser, String name) throws IOException {
    Optional<Dtype> dtype = Optional.empty();
    Optional<List<Long>> shape = Optional.empty();
    Optional<List<Long>> offsets = Optional.empty();
    String of = " of tensor " + ModelFileException.quote(name);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(value == JsonToken.VALUE_STRING, "dtype" + of + " is not a string");
          dtype = Optional.of(dtype(parser.getText(), of));
        }
        case "shape" -> shape = Optional.of(numbers(parser, value, "shape" + of));
        case "data_offsets" -> offsets = Optional.of(numbers(parser, value, "data_offsets" + of));
        default -> throw problem("unknown key " + ModelFileException.quote(key) + of);
      }
    }
    List<Long> range = offsets.orElseThrow(() -> problem("no data_offsets" + of));
    expect(range.size() == 2, "data_offsets" + of + " are not two numbers");
    return new TensorEntry(
        name,
        dtype.orElseThrow(() -> problem("no dtype" + of)),
        shape.orElseThrow(() -> problem("no shape" + of)).stream()
            .mapToLong(Long::longValue)
            .toArray(),
        offset(range.get(0), of),
        offset(range.get(1), of));
  }

  private Dtype dtype(String text, String of) {
    return Dtype.named(text)
        .orElseThrow(
            () ->
                problem(
                    String.format(
                        Locale.ROOT,
                        "dtype%s is %s, allowed are %s",
                        of,
                        ModelFileException.quote(text),
                        Dtype.names())));
  }

  private long offset(long inData, String of) {
    expect(
        inData >= 0 && inData <= Long.MAX_VALUE - dataStart,
        String.format(Locale.ROOT, "data_offsets%s are out of range: %d", of, inData));
    return inData + dataStart;
  }

  private List<Long> numbers(JsonParser parser, JsonToken value, String what) throws IOException {
    expect(value == JsonToken.START_ARRAY, what + " is not a list");
    List<Long> numbers = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      expect(t == JsonToken.VALUE_NUMBER_INT, what + " is not a list of whole numbers");
      expect(
          parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER, what + " is out of range");
      numbers.add(parser.getLongValue());
    }
    return numbers;
  }

  private void checkCoverage(long fileSize) {
    long covered = dataStart;
    for (TensorEntry entry : inFileOrder()) {
      if (entry.begin() != covered) {
        throw problem(
            String.format(
                Locale.ROOT,
                "data of tensor %s begins at byte %d, but byte %d is next: tensors overlap or leave gaps",
                ModelFileException.quote(entry.name()),
                entry.begin(),
                covered));
      }
      covered = entry.end();
    }
    if (covered != fileSize) {
      throw problem(
          String.format(
              Locale.ROOT,
              "the header describes %d bytes, the file has %d: it is cut short or has trailing data",
              covered,
              fileSize));
    }
  }

  private List<TensorEntry> inFileOrder() {
    return entries.values().stream()
        .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
        .toList();
  }

  private void expect(boolean condition, String otherwise) {
    if (!condition) {
      throw problem(otherwise);
    }
  }

  private ModelFileException problem(String what) {
    return new ModelFileException(file, what);
  }
}
