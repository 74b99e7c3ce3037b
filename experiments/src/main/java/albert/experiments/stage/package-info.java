/**
 * The stages of the work on a study: who hears of them, how long they take, what is left, and who
 * asks to stop.
 */
@org.jspecify.annotations.NullMarked
package albert.experiments.stage;
