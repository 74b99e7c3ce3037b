/**
 * Extractive summarisation: documents in sentences, their files, and windows of whole sentences.
 */
@org.jspecify.annotations.NullMarked
package albert.datasets.summary;
