package albert.experiments.study;

import albert.evaluation.PlainNumber;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Settings;
import albert.experiments.config.YamlFields;
import albert.experiments.config.YamlFile;
import albert.experiments.config.YamlValue;
import albert.model.config.ConfigException;
import albert.reports.summary.DeclaredAnalysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a study, whose question alone may be missing. Unknown, missing and repeated keys and values
 * of a wrong type are errors that name file, line and, for a slip of the hand, the nearest right
 * name.
 *
 * <p>A study that {@code extends} another (a path from its own folder) takes over what it does not
 * say itself. Its {@code base} adds to the other's and wins; {@code vary}, {@code baseline}, {@code
 * analysis} and the seeds are taken over whole, the baseline only together with what varies. A key
 * that varies here and stands in the other's base varies.
 */
public final class StudyFile {

  private static final String EXTENDS = "extends";
  private static final String STUDY = "study";
  private static final String QUESTION = "question";
  private static final String BASE = "base";
  private static final String VARY = "vary";
  private static final String BASELINE = "baseline";
  private static final String SEEDS = "seeds";
  private static final String INIT_SEEDS = "init_seeds";
  private static final String DATA_SEEDS = "data_seeds";
  private static final String ANALYSIS = "analysis";
  private static final List<String> KEYS =
      List.of(
          EXTENDS, STUDY, QUESTION, BASE, VARY, BASELINE, SEEDS, INIT_SEEDS, DATA_SEEDS, ANALYSIS);
  private static final Set<String> SEED_KEYS = Set.of(SEEDS, INIT_SEEDS, DATA_SEEDS);
  private static final int MAX_DEPTH = 16;

  private static final Pattern STUDY_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final long LARGEST_SEED = 999_999_999;

  /** A top-level value, and the file that it stands in. */
  private record Part(YamlFields in, YamlValue value) {}

  /**
   * A study as far as it is read.
   *
   * @param own the file itself, whose place is named where something is missing
   * @param root its content
   * @param parts what counts of each key, inherited parts included
   * @param base the base, inherited settings included
   */
  private record Parts(YamlFields own, YamlValue root, Map<String, Part> parts, Settings base) {

    Part required(String key) {
      Part part = parts.get(key);
      if (part == null) {
        throw own.error(key, root, String.format(Locale.ROOT, "%s is missing", key));
      }
      return part;
    }
  }

  private StudyFile() {}

  /**
   * Reads a study from a file.
   *
   * @throws ConfigException with file and line
   */
  public static Study read(Path file) {
    return study(parts(new YamlFields(file.toString()), YamlFile.read(file), file, 0));
  }

  /**
   * Reads a study from a text; it can't extend another.
   *
   * @param name how messages call it
   * @throws ConfigException with name and line
   */
  public static Study parse(String text, String name) {
    return study(parts(new YamlFields(name), YamlFile.parse(text, name), null, 0));
  }

  /**
   * Reads a file of configuration keys alone, such as {@code params --config} takes.
   *
   * @throws ConfigException with file and line
   */
  public static Settings readSettings(Path file) {
    return new YamlFields(file.toString()).settings("the file", YamlFile.read(file));
  }

  private static Parts parts(YamlFields fields, YamlValue root, @Nullable Path file, int depth) {
    Map<String, YamlValue> own = fields.fields("a study", root, KEYS);
    YamlValue other = own.get(EXTENDS);
    Map<String, Part> parts = new HashMap<>();
    Settings base = Settings.NONE;
    if (other != null) {
      Parts inherited = inherited(fields, other, file, depth);
      parts.putAll(inherited.parts);
      base = inherited.base;
      parts.remove(STUDY);
      if (own.containsKey(VARY)) {
        parts.remove(BASELINE);
      }
      if (own.keySet().stream().anyMatch(SEED_KEYS::contains)) {
        parts.keySet().removeAll(SEED_KEYS);
      }
    }
    own.forEach((key, value) -> parts.put(key, new Part(fields, value)));
    YamlValue vary = own.get(VARY);
    if (other != null && vary != null) {
      for (Study.Axis axis : new VaryReader(fields).axes(vary)) {
        base = axis.isKey() ? base.without(axis.name()) : base;
      }
    }
    YamlValue ownBase = own.get(BASE);
    if (ownBase != null) {
      base = base.plus(fields.settings(BASE, ownBase));
    }
    return new Parts(fields, root, parts, base);
  }

  private static Parts inherited(
      YamlFields fields, YamlValue other, @Nullable Path file, int depth) {
    String name = fields.text(EXTENDS, other);
    if (file == null) {
      throw fields.error(EXTENDS, other, "a study without a file can't extend " + name);
    }
    if (depth >= MAX_DEPTH) {
      throw fields.error(
          EXTENDS,
          other,
          String.format(
              Locale.ROOT, "more than %d studies extend each other, or one itself", MAX_DEPTH));
    }
    Path parent = file.resolveSibling(name);
    return parts(new YamlFields(parent.toString()), YamlFile.read(parent), parent, depth + 1);
  }

  private static Study study(Parts read) {
    Part name = read.required(STUDY);
    Part question = read.parts.get(QUESTION);
    read.required(BASE);
    Part vary = read.parts.get(VARY);
    List<Study.Axis> axes = vary == null ? List.of() : new VaryReader(vary.in).axes(vary.value);
    return new Study(
        studyName(name),
        question == null ? "" : question.in.text(QUESTION, question.value),
        read.base,
        axes,
        Optional.ofNullable(read.parts.get(BASELINE))
            .map(part -> new VaryReader(part.in).baseline(part.value, axes)),
        seeds(read),
        Optional.ofNullable(read.parts.get(ANALYSIS))
            .map(part -> new AnalysisReader(part.in).read(part.value))
            .orElse(DeclaredAnalysis.NONE),
        read.own.name());
  }

  private static String studyName(Part part) {
    String text = part.in.text(STUDY, part.value);
    if (!STUDY_NAME.matcher(text).matches()) {
      throw part.in.error(
          STUDY,
          part.value,
          String.format(
              Locale.ROOT,
              "study is '%s', allowed are up to 64 letters, digits, '.', '_' and '-'",
              text));
    }
    return text;
  }

  private static List<RunSeeds> seeds(Parts read) {
    boolean two = read.parts.containsKey(INIT_SEEDS) || read.parts.containsKey(DATA_SEEDS);
    if (!two) {
      return seedList(SEEDS, read.required(SEEDS)).stream()
          .map(seed -> new RunSeeds(seed, seed))
          .toList();
    }
    Part one = read.parts.get(SEEDS);
    if (one != null) {
      throw one.in.error(SEEDS, one.value, "give seeds, or init_seeds and data_seeds, not both");
    }
    List<Long> data = seedList(DATA_SEEDS, read.required(DATA_SEEDS));
    return seedList(INIT_SEEDS, read.required(INIT_SEEDS)).stream()
        .flatMap(init -> data.stream().map(d -> new RunSeeds(init, d)))
        .collect(Collectors.toList());
  }

  /** Negative where it is none. */
  private static long seed(YamlValue item) {
    return item instanceof YamlValue.Scalar scalar && !scalar.quoted()
        ? PlainNumber.whole(scalar.text()).orElse(-1)
        : -1;
  }

  private static List<Long> seedList(String key, Part part) {
    List<Long> seeds = new ArrayList<>();
    for (YamlValue item : part.in.items(key, part.value)) {
      long seed = seed(item);
      if (seed < 0 || seed > LARGEST_SEED) {
        throw part.in.error(
            key,
            item,
            String.format(
                Locale.ROOT, "%s has %s, allowed are whole numbers from 0", key, item.describe()));
      }
      if (seeds.contains(seed)) {
        throw part.in.error(key, item, String.format(Locale.ROOT, "%s has %d twice", key, seed));
      }
      seeds.add(seed);
    }
    return seeds;
  }
}
