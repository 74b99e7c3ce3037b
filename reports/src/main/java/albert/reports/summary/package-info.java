/**
 * What a report says, as data: runs grouped into variants, their figures over the seeds,
 * differences from the baseline, and the answer in a sentence. Nothing here knows how it will look.
 */
@org.jspecify.annotations.NullMarked
package albert.reports.summary;
