package albert.experiments.config;

import albert.experiments.InputException;
import albert.model.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML strictly: one document, no anchors, aliases or tags, no key twice. Values are not
 * interpreted here, because YAML 1.1 takes {@code no} for false, {@code 010} for 8 and {@code 5e-5}
 * for a text.
 */
public final class YamlFile {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 20;
  private static final Set<Tag> IMPLICIT_TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.MAP,
          Tag.SEQ,
          Tag.TIMESTAMP,
          Tag.MERGE);

  private final String name;

  private YamlFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it can't be read or is not strict YAML, with file and line
   */
  public static YamlValue read(Path file) {
    return parse(text(file), file.toString());
  }

  /**
   * Reads a text.
   *
   * @param name how messages call it
   * @throws ConfigException if it is not strict YAML, with name and line
   */
  public static YamlValue parse(String text, String name) {
    return new YamlFile(name).parse(text);
  }

  private static String text(Path file) {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw new ConfigException(
            "study", Files.exists(file) ? file + " is not a file" : file + " does not exist");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException(
            "study",
            String.format(
                Locale.ROOT, "%s has %d bytes, allowed are %d", file, Files.size(file), MAX_BYTES));
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ConfigException(
          "study",
          String.format(Locale.ROOT, "%s can't be read: %s", file, InputException.words(e)));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigException("study", file + " is not UTF-8 text");
    }
  }

  private YamlValue parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      Node root =
          new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
              .getSingleNode();
      if (root == null) {
        throw new ConfigException("study", name + " is empty");
      }
      return value(root);
    } catch (YAMLException e) {
      throw new ConfigException("study", YamlProblem.words(e, name));
    }
  }

  private YamlValue value(Node node) {
    int line = line(node);
    if (node.getAnchor() != null) {
      throw error(
          line,
          String.format(
              Locale.ROOT, "anchors and aliases (&%s) are not supported", node.getAnchor()));
    }
    if (!IMPLICIT_TAGS.contains(node.getTag())) {
      throw error(line, String.format(Locale.ROOT, "tags (%s) are not supported", node.getTag()));
    }
    if (node instanceof MappingNode mapping) {
      return new YamlValue.Mapping(line, entries(mapping));
    }
    if (node instanceof SequenceNode sequence) {
      return new YamlValue.Sequence(line, sequence.getValue().stream().map(this::value).toList());
    }
    return scalar((ScalarNode) node);
  }

  private Map<YamlValue.Scalar, YamlValue> entries(MappingNode mapping) {
    Map<YamlValue.Scalar, YamlValue> entries = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(value(tuple.getKeyNode()) instanceof YamlValue.Scalar key)) {
        throw error(line(tuple.getKeyNode()), "a key must be a word");
      }
      Integer before = lines.putIfAbsent(key.text(), key.line());
      if (before != null) {
        throw error(
            key.line(),
            String.format(
                Locale.ROOT, "key '%s' is repeated, first in line %d", key.text(), before));
      }
      entries.put(key, value(tuple.getValueNode()));
    }
    return entries;
  }

  private YamlValue.Scalar scalar(ScalarNode node) {
    return new YamlValue.Scalar(
        line(node), node.getValue(), node.getScalarStyle() != ScalarStyle.PLAIN);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private ConfigException error(int line, String problem) {
    return new ConfigException(
        "study", String.format(Locale.ROOT, "%s in %s, line %d", problem, name, line));
  }
}
