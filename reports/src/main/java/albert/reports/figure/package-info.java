/**
 * Figures as SVG and PDF: real text, in SVG a tooltip for each mark and colours for light and dark,
 * and the same bytes for the same data.
 */
@org.jspecify.annotations.NullMarked
package albert.reports.figure;
