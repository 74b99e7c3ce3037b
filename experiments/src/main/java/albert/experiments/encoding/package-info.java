/** Texts and ids through an encoder: rows in batches, their outputs, sentence embeddings. */
@org.jspecify.annotations.NullMarked
package albert.experiments.encoding;
