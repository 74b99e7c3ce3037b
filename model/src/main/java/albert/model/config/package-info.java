/**
 * What a model is, before any of it is built: architecture, presets, the mapping from layers to
 * weights, and what follows from them (parameters, floating-point operations). Nothing here loads
 * TensorFlow.
 *
 * <p>Symbols, as in the ALBERT paper (arXiv 1909.11942): V vocabulary, E embedding size, H hidden
 * size, L layers, A attention heads, I intermediate size, P positions, T token types, G groups.
 */
@org.jspecify.annotations.NullMarked
package albert.model.config;
