/** Reports as files: HTML, Markdown, CSV, LaTeX and figures, all from one {@code ReportModel}. */
@org.jspecify.annotations.NullMarked
package albert.reports.output;
