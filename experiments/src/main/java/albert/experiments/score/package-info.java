/** Predictions in the official layouts: reading, writing and scoring them. */
@org.jspecify.annotations.NullMarked
package albert.experiments.score;
