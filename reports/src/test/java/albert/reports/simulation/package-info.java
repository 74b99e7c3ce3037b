/** Studies whose truth is known, judged by the rules of the reports. */
@org.jspecify.annotations.NullMarked
package albert.reports.simulation;
