package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A LaTeX file as a test reads it: what would stop an engine is found without one. */
final class TexFile {
  private static final Pattern COMMAND = Pattern.compile("\\\\([a-zA-Z]+|.)");
  private static final Pattern WIDTH = Pattern.compile("p\\{([0-9.]+)pt\\}");

  /** What LaTeX itself defines for text in its first font encoding, OT1, or e-TeX and TeX do. */
  private static final Set<String> KNOWN =
      Set.copyOf(
          Arrays.asList(
              ("begin end caption label centering small footnotesize setlength tabcolsep par"
                      + " smallskip parbox textwidth raggedright raggedleft tabularnewline textbf allowbreak"
                      + " toprule midrule bottomrule resizebox providecommand albertchar hline"
                      + " usepackage ifdefined Umathcode iffontchar font char else fi"
                      + " textbackslash textasciitilde textasciicircum textless textgreater textbar"
                      + " pm times div cdot neq leq geq approx infty surd rightarrow leftarrow"
                      + " uparrow downarrow circ mu alpha beta gamma delta epsilon lambda pi rho"
                      + " sigma tau chi Delta Sigma Omega dots S copyright ss ae AE oe OE o O l L i"
                      + " j u r H v d c b ` ' ^ ~ = . \" & % $ # _ { } ,")
                  .split(" ", -1)));

  private final String text;

  TexFile(String text) {
    this.text = text;
  }

  /** Nothing in it that plain LaTeX doesn't know, all that is opened is closed, rows are full. */
  void check() {
    assertThat(text).matches("[\\n\\x20-\\x7E]*");
    Set<String> unknown = new TreeSet<>();
    COMMAND.matcher(text).results().map(m -> m.group(1)).forEach(unknown::add);
    unknown.removeAll(KNOWN);
    assertThat(unknown).isEmpty();
    String bare = text.replaceAll("(?m)^%.*$", "").replaceAll("\\\\[\\\\{}$&%#_\"'`^~=.]", "");
    int depth = 0;
    for (int c : bare.chars().toArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      assertThat(depth).isNotNegative();
    }
    assertThat(depth).isZero();
    assertThat(bare.chars().filter(c -> c == '$').count() % 2).isZero();
    assertThat(bare).doesNotContain("^_").doesNotContainPattern("[^\\\\]%[^\\n]");
    environments();
    rows();
  }

  private void environments() {
    Deque<String> open = new ArrayDeque<>();
    Matcher marks = Pattern.compile("\\\\(begin|end)\\{([a-z]+)\\}").matcher(text);
    while (marks.find()) {
      if (marks.group(1).equals("begin")) {
        open.push(marks.group(2));
      } else {
        assertThat(open.pop()).isEqualTo(marks.group(2));
      }
    }
    assertThat(open).isEmpty();
    assertThat(text).contains("\\begin{table}", "\\caption{", "\\label{tab:", "\\toprule");
  }

  private void rows() {
    for (String table : text.split("\\\\begin\\{tabular\\}", -1)) {
      if (table.contains("\\end{tabular}")) {
        List<Long> separators =
            table
                .substring(table.indexOf("\\toprule"), table.indexOf("\\end{tabular}"))
                .lines()
                .filter(line -> line.endsWith("\\tabularnewline"))
                .map(line -> Pattern.compile("(?<!\\\\)&").matcher(line).results().count())
                .distinct()
                .toList();
        assertThat(separators).hasSize(1);
      }
    }
  }

  /** The sum of the widths of broken columns and the room between them, in pt, for each table. */
  List<Double> widths() {
    return Pattern.compile(
            "tabcolsep\\}\\{(\\d+)pt\\}\\s(\\\\resizebox.*\\s)?\\\\begin\\{tabular\\}(.*)")
        .matcher(text)
        .results()
        .filter(table -> table.group(2) == null && table.group(3).contains("p{"))
        .map(
            table -> {
              double[] widths =
                  WIDTH
                      .matcher(table.group(3))
                      .results()
                      .mapToDouble(m -> Double.parseDouble(m.group(1)))
                      .toArray();
              return Arrays.stream(widths).sum()
                  + 2 * Double.parseDouble(table.group(1)) * (widths.length - 1);
            })
        .toList();
  }
}
