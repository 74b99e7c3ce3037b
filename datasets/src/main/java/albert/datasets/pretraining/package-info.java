/**
 * Pretraining examples from raw text, as the published {@code create_pretraining_data.py}
 * (google-research/albert, b772393) makes them: documents, segments packed to a length, pairs,
 * masks, and TFRecord files of its layout. Ids are int32; in a mask 1 means a piece and 0 padding.
 */
@org.jspecify.annotations.NullMarked
package albert.datasets.pretraining;
