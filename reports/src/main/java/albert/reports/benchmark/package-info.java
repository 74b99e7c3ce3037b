/** Results of benchmarks that were measured beside the runs, as JMH writes them. */
@org.jspecify.annotations.NullMarked
package albert.reports.benchmark;
