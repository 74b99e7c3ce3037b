/**
 * Figures as SVG: real text, a tooltip for each mark, colours for light and dark, and the same
 * bytes for the same data on every machine.
 */
@org.jspecify.annotations.NullMarked
package albert.reports.figure;
