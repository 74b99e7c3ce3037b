/**
 * Results of benchmarks: those that JMH measured beside the runs, as JMH writes them, and the
 * points of {@code bench --sweep} and {@code bench --gpu-suite}.
 */
@org.jspecify.annotations.NullMarked
package albert.reports.benchmark;
