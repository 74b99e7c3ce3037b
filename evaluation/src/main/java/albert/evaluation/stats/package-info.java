/**
 * Statistics of seeds and of predictions. What is undefined for an input is NaN, or an empty
 * optional, never a made-up number; each type says when. Constant input is told by comparing the
 * values, because its computed variance need not be exactly 0.
 */
@org.jspecify.annotations.NullMarked
package albert.evaluation.stats;
