/** Tests. */
@org.jspecify.annotations.NullMarked
package albert.evaluation.metric;
