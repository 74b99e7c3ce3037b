package albert.model.io;

import albert.model.config.ClassifierPooling;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.JsonObject;
import albert.model.io.file.ModelFileException;
import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file {@value #NAME} of a checkpoint of our own. Keys are the components' names in snake case;
 * every one but {@code tags} is needed, unless it came later than the first checkpoints, and no
 * other is allowed.
 *
 * @param format {@value #FORMAT}
 * @param version {@value #VERSION}
 * @param encoder every knob of {@link EncoderConfig}
 * @param head what stands on the encoder
 * @param labels names of the classes, empty where there are none
 * @param tags names of the classes of tokens, where the head has them besides; the key is left out
 *     where there are none
 * @param tokenizer name of the tokenizer's file beside this one, or null
 */
record CheckpointFile(
    String format,
    int version,
    EncoderConfig encoder,
    HeadKind head,
    List<String> labels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags,
    @Nullable String tokenizer) {

  static final String NAME = "checkpoint.json";
  static final String FORMAT = "albert-checkpoint";
  static final int VERSION = 1;

  private static final String PLAIN_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern MISSING_KEY = Pattern.compile("Missing .*property '([^']*)'");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .annotationIntrospector(new AllButTags())
          .injectableValues(
              new InjectableValues.Std()
                  .addValue("classifier_pooling", ClassifierPooling.CLS)
                  .addValue("layer_delta_rank", 0))
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** A key that is left out where it is empty may be missing. */
  private static final class AllButTags extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !member.hasAnnotation(JsonInclude.class);
    }

    /** A key that may be missing has its default in the constructor, not in the field. */
    @Override
    public JacksonInject.@Nullable Value findInjectableValue(AnnotatedMember member) {
      return member instanceof AnnotatedParameter ? super.findInjectableValue(member) : null;
    }
  }

  CheckpointFile {
    expect(FORMAT.equals(format), "format is %s, allowed is %s", quote(format), FORMAT);
    expect(version == VERSION, "version is %d, allowed is %d", version, VERSION);
    expect(encoder != null, "encoder is null, allowed is an object");
    expect(head != null, "head is null, allowed is the name of one");
    expect(
        labels != null && labels.stream().allMatch(Objects::nonNull),
        "labels are not texts, allowed is a list of texts");
    expect(
        head.hasClasses() != labels.isEmpty() && labels.size() <= HeadDescription.MOST_LABELS,
        "there are %d labels with the head %s, allowed are the names of its classes, up to %d, and none where it has no classes",
        labels.size(),
        head,
        HeadDescription.MOST_LABELS);
    tags = tags == null ? List.of() : tags;
    expect(
        tags.stream().allMatch(Objects::nonNull), "tags are not texts, allowed is a list of texts");
    expect(
        head.hasTags() != tags.isEmpty() && tags.size() <= HeadDescription.MOST_LABELS,
        "there are %d tags with the head %s, allowed are the names of the classes of its tokens, up to %d, and none where it has none besides those of the sequence",
        tags.size(),
        head,
        HeadDescription.MOST_LABELS);
    labels = List.copyOf(labels);
    tags = List.copyOf(tags);
    Optional<String> problem = new HeadDescription(head, labels, tags).problem();
    expect(
        problem.isEmpty(),
        "%s: %s",
        tags.isEmpty() ? "labels" : "labels or tags",
        problem.orElse(""));
    expect(
        tokenizer == null || tokenizer.matches(PLAIN_NAME),
        "tokenizer is %s, allowed is the plain name of a file beside this one",
        quote(tokenizer));
  }

  static CheckpointFile of(LoadedModel model, @Nullable String tokenizer) {
    return new CheckpointFile(
        FORMAT,
        VERSION,
        model.config(),
        model.head().kind(),
        model.head().labels(),
        model.head().tags(),
        tokenizer);
  }

  /**
   * Reads it.
   *
   * @throws ModelFileException with the line, if it is not as it should be
   */
  static CheckpointFile read(Path file) {
    byte[] bytes = JsonObject.bytes(file);
    try {
      CheckpointFile read = MAPPER.readValue(bytes, CheckpointFile.class);
      if (read == null) {
        throw new ModelFileException(file, "is null, allowed is an object");
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT,
              "unknown key %s, allowed are %s",
              quote(e.getPropertyName()),
              e.getKnownPropertyIds()),
          e);
    } catch (JsonProcessingException e) {
      throw problem(file, e);
    } catch (IOException e) {
      throw new ModelFileException(file, "can't be read", e);
    }
  }

  byte[] json() throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(this);
  }

  private static ModelFileException problem(Path file, JsonProcessingException e) {
    if (e.getCause() instanceof ConfigException || e.getCause() instanceof FormatProblem) {
      return ModelFileException.atLine(file, String.valueOf(e.getCause().getMessage()), e);
    }
    return e instanceof MismatchedInputException mismatch
        ? ModelFileException.atLine(file, mismatch(mismatch), e)
        : ModelFileException.notJson(file, "", e);
  }

  /** A key that is missing, or has a value of another kind than it needs. */
  private static String mismatch(MismatchedInputException e) {
    Matcher missing = MISSING_KEY.matcher(e.getOriginalMessage());
    if (missing.lookingAt()) {
      return "missing key " + quote(missing.group(1));
    }
    String key =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" : step.getFieldName())
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining("."));
    if (key.isEmpty()) {
      return "is no object with these keys, or something follows it";
    }
    Class<?> type = e.getTargetType();
    return type != null && type.isEnum()
        ? quote(key) + " is no name that is known, allowed are " + names(type)
        : quote(key) + " has a value of another kind than it needs";
  }

  private static String names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String quote(@Nullable String text) {
    return ModelFileException.quote(String.valueOf(text));
  }

  private static void expect(boolean condition, String otherwise, Object... values) {
    if (!condition) {
      throw new FormatProblem(String.format(Locale.ROOT, otherwise, values));
    }
  }
}
