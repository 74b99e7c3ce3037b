package albert.evaluation.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records to JSON and back, strictly: keys are the components' names in snake case; an unknown, a
 * missing or a repeated key, a number where a text belongs, a fraction where an integer belongs,
 * and text after the value are errors that name file and line. A component that may be absent is
 * written as null, and only one {@linkplain AddedLater added later} may be missing.
 */
public final class StrictJson {
  private static final Pattern MISSING_KEY = Pattern.compile("Missing .*property '([^']*)'");

  private final JsonMapper mapper;

  /** Ready to read and write; one instance serves many threads. */
  public StrictJson() {
    mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .annotationIntrospector(new Required())
            .enable(
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                LogicalType.Textual,
                text -> {
                  for (CoercionInputShape shape :
                      new CoercionInputShape[] {
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean
                      }) {
                    text.setCoercion(shape, CoercionAction.Fail);
                  }
                })
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(instants())
            .build();
  }

  private static SimpleModule instants() {
    return new SimpleModule("instants")
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addDeserializer(Instant.class, new InstantDeserializer());
  }

  /**
   * The content of a file.
   *
   * @throws RecordFormatException if it is not in the format of the type
   * @throws IOException if it can't be read
   */
  public <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return parse(file, 1, Files.readString(file, StandardCharsets.UTF_8), type);
    } catch (CharacterCodingException e) {
      throw new RecordFormatException(file, 0, "not UTF-8", e);
    }
  }

  /**
   * A text of a file.
   *
   * @param file for messages
   * @param firstLine where in the file the text begins, counted from 1, for messages
   * @throws RecordFormatException if it is not in the format of the type
   */
  public <T> T parse(Path file, int firstLine, String text, Class<T> type)
      throws RecordFormatException {
    try {
      T value = mapper.readValue(text, type);
      if (value == null) {
        throw new RecordFormatException(file, firstLine, "null, an object is needed", null);
      }
      return value;
    } catch (JsonProcessingException e) {
      int line = JsonProblem.line(e);
      throw new RecordFormatException(file, line == 0 ? 0 : firstLine - 1 + line, problem(e), e);
    }
  }

  /** The value as indented JSON with a line end. */
  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for " + value.getClass().getName(), e);
    }
  }

  /** The value as one line of JSON, without a line end. */
  public String writeLine(Object value) {
    try {
      return mapper.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for " + value.getClass().getName(), e);
    }
  }

  /** What {@link #write} writes of a record or a map: its values by key, in their order. */
  public Map<String, Object> fields(Object value) {
    return mapper.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> known = unknown.getKnownPropertyIds();
      return String.format(
          Locale.ROOT,
          "unknown key '%s'%s; allowed are %s",
          Printable.of(unknown.getPropertyName()),
          place(unknown, 1),
          known == null ? "none" : known);
    }
    if (e instanceof MismatchedInputException mismatch) {
      Matcher missing = MISSING_KEY.matcher(e.getOriginalMessage());
      if (missing.lookingAt()) {
        return String.format(
            Locale.ROOT, "missing key '%s'%s", missing.group(1), place(mismatch, 1));
      }
    }
    String first = first(e);
    return e instanceof JsonMappingException mapping ? first + place(mapping, 0) : first;
  }

  private static String first(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException broken && broken.getMessage() != null) {
      return broken.getMessage();
    }
    if (e instanceof MismatchedInputException mismatch && !isTrailing(mismatch)) {
      return NeededType.words(mismatch);
    }
    return JsonProblem.words(e);
  }

  private static boolean isTrailing(MismatchedInputException e) {
    return e.getOriginalMessage().startsWith("Trailing token");
  }

  /** Where in the document, without the last steps. */
  private static String place(JsonMappingException e, int withoutLast) {
    StringBuilder path = new StringBuilder();
    var steps = e.getPath();
    for (int i = 0; i < steps.size() - withoutLast; i++) {
      var step = steps.get(i);
      path.append(
          step.getFieldName() == null
              ? "[" + step.getIndex() + "]"
              : (path.length() > 0 ? "." : "") + step.getFieldName());
    }
    return path.length() == 0 ? "" : " in " + Printable.of(path);
  }

  /** Every component is required but those that were {@linkplain AddedLater added later}. */
  private static final class Required extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !member.hasAnnotation(AddedLater.class);
    }
  }

  private static final class InstantDeserializer extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantDeserializer() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(value);
      } catch (java.time.format.DateTimeParseException e) {
        return (Instant)
            context.handleWeirdStringValue(
                Instant.class, value, "allowed is a time such as 2026-01-31T12:00:00Z");
      }
    }
  }
}
