package albert.reports.output;

import albert.evaluation.record.Sha256;
import albert.reports.figure.Figure;
import albert.reports.summary.ReportModel;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What the template of the page shows. The page forbids itself, by its content security policy,
 * everything but its own style sheet and script.
 *
 * @param model what it says
 * @param grids the table, or one for each task
 * @param sections further tables
 * @param figures the figures
 * @param explanation of the words in the table
 * @param declared what the study declared of its analysis
 * @param methods what was done to the figures, a paragraph
 * @param style the style sheet
 * @param script the script that sorts the table
 */
public record ReportPage(
    ReportModel model,
    List<ReportGrid> grids,
    List<Section> sections,
    List<Figure> figures,
    String explanation,
    List<String> declared,
    String methods,
    String style,
    String script) {
  public ReportPage {
    grids = List.copyOf(grids);
    sections = List.copyOf(sections);
    figures = List.copyOf(figures);
    declared = List.copyOf(declared);
  }

  /** The figure that stands below the answer; none where nothing can be drawn. */
  public List<Figure> headline() {
    return figures.stream().limit(1).toList();
  }

  /** The others. */
  public List<Figure> further() {
    return figures.stream().skip(1).toList();
  }

  /** The tables before the one of variants. */
  public List<Section> leading() {
    return sections.stream().filter(Section::leads).toList();
  }

  /** The tables after it. */
  public List<Section> following() {
    return sections.stream().filter(section -> !section.leads()).toList();
  }

  /** The part of the page with the first table. */
  public String firstTable() {
    return leading().isEmpty() ? "results" : leading().get(0).sheet().name();
  }

  static ReportPage of(
      ReportModel model, List<ReportColumn> columns, List<Section> sections, List<Figure> figures) {
    return new ReportPage(
        model,
        ReportGrid.of(model, columns).byTask(model),
        sections,
        figures,
        Methods.scores(),
        Methods.declared(model),
        Methods.paragraph(model),
        resource("report.css") + Figure.styleSheet(),
        resource("report.js"));
  }

  /** The page as HTML. */
  String render() {
    StringOutput out = new StringOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("report.jte", this, out);
    return out.toString();
  }

  /** What the browser may do with the page: no request to anywhere, no script but ours. */
  public String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"
        + Base64.getEncoder().encodeToString(Sha256.bytesOf(script))
        + "'";
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " can't be read from the jar", e);
    }
  }
}
