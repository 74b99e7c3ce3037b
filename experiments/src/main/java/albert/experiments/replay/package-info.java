/** Repeating a run, and finding the first thing in which two runs differ. */
@org.jspecify.annotations.NullMarked
package albert.experiments.replay;
