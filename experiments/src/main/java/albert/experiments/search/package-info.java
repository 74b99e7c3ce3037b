/** Passages found by the similarity of embeddings, and how good embeddings are at that. */
@org.jspecify.annotations.NullMarked
package albert.experiments.search;
