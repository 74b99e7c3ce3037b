/** The evaluation module. */
@org.jspecify.annotations.NullMarked
package albert.evaluation;
