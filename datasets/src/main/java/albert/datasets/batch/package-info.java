/**
 * From examples to the arrays that a model takes. Arrays are row-major [batch, seq] with dtype
 * int32; in a mask 1 means a piece and 0 padding.
 */
@org.jspecify.annotations.NullMarked
package albert.datasets.batch;
