/** Tokenizers: from text to the ids of a published vocabulary, right to the last id. */
@org.jspecify.annotations.NullMarked
package albert.datasets.tokenizer;
