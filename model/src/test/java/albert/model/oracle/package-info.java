/**
 * The encoder, its heads, losses and gradients once more: plain loops over float64 arrays, written
 * from the papers (arXiv 1706.03762, 1810.04805, 1909.11942) and derived by hand. It shares no code
 * with the main sources, so that the two can be compared.
 *
 * <p>Arrays are row-major. Symbols: B sequences, S tokens, V vocabulary, E embedding size, H hidden
 * size, A heads, I intermediate size.
 */
@org.jspecify.annotations.NullMarked
package albert.model.oracle;
