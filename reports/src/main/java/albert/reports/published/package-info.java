/**
 * What the ALBERT paper and its repository print, beside what our runs give: published figures, the
 * models they are of, their known faults, and the paper's findings put to our own runs.
 */
@org.jspecify.annotations.NullMarked
package albert.reports.published;
