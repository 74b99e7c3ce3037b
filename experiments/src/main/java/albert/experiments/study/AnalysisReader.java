package albert.experiments.study;

import albert.evaluation.PlainNumber;
import albert.experiments.config.YamlFields;
import albert.experiments.config.YamlValue;
import albert.model.config.ConfigException;
import albert.reports.summary.DeclaredAnalysis;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the section {@code analysis} of a study: how its differences will be judged, said before
 * there are any.
 *
 * @param fields the file
 */
record AnalysisReader(YamlFields fields) {

  private static final String ANALYSIS = "analysis";
  private static final String PRIMARY = "primary";
  private static final String MARGIN = "margin";
  private static final String PAIRED = "paired";
  private static final String ALPHA = "alpha";
  private static final List<String> KEYS = List.of(PRIMARY, MARGIN, PAIRED, ALPHA);
  private static final Pattern METRIC = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /**
   * Takes the section for what it should be.
   *
   * @throws ConfigException with file and line
   */
  DeclaredAnalysis read(YamlValue section) {
    Map<String, YamlValue> values = fields.fields(ANALYSIS, section, KEYS);
    return new DeclaredAnalysis(
        primary(values.get(PRIMARY)),
        number(
            MARGIN, values.get(MARGIN), Double.MAX_VALUE, "a number above 0, 0.01 for one point"),
        truth(values.get(PAIRED)),
        number(ALPHA, values.get(ALPHA), 0.5, "a number above 0 and below 0.5"));
  }

  private @Nullable String primary(@Nullable YamlValue value) {
    if (value == null) {
      return null;
    }
    String text = fields.text(PRIMARY, value);
    if (!METRIC.matcher(text).matches()) {
      throw wrong(PRIMARY, value, "the name of a metric, such as accuracy or f1");
    }
    return text;
  }

  private @Nullable Double number(
      String key, @Nullable YamlValue value, double below, String allowed) {
    if (value == null) {
      return null;
    }
    OptionalDouble number =
        value instanceof YamlValue.Scalar scalar && !scalar.quoted()
            ? PlainNumber.decimal(scalar.text())
            : OptionalDouble.empty();
    if (number.isEmpty() || !(number.getAsDouble() > 0 && number.getAsDouble() < below)) {
      throw wrong(key, value, allowed);
    }
    return number.getAsDouble();
  }

  private @Nullable Boolean truth(@Nullable YamlValue value) {
    if (value == null) {
      return null;
    }
    if (value instanceof YamlValue.Scalar scalar && !scalar.quoted()) {
      if (scalar.text().equals("true") || scalar.text().equals("false")) {
        return Boolean.valueOf(scalar.text());
      }
    }
    throw wrong(PAIRED, value, "true and false");
  }

  private ConfigException wrong(String key, YamlValue value, String allowed) {
    return fields.error(
        key,
        value,
        String.format(
            Locale.ROOT, "%s.%s is %s, allowed is %s", ANALYSIS, key, value.describe(), allowed));
  }
}
