/**
 * From a BERT to an ALBERT: its embeddings factorised, its layers merged into groups, and the
 * result distilled from the original.
 *
 * <p>H is the hidden size, E the embedding size of the result, V, P and T the rows of the word,
 * position and type tables, I the width of the feed-forward network, A the attention heads.
 */
@org.jspecify.annotations.NullMarked
package albert.model.compress;
