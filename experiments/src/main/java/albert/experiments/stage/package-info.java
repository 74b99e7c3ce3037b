/** The stages of the work on a study: who hears of them, how long they take, what is left. */
@org.jspecify.annotations.NullMarked
package albert.experiments.stage;
