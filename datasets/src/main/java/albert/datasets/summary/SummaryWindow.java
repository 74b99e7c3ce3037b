package albert.datasets.summary;

import albert.datasets.batch.EncodedSequence;

/**
 * Sentences in a row as a model takes them: {@code [CLS] sentence [SEP] [CLS] sentence [SEP] …}.
 * The array is not copied: who makes one hands it over.
 *
 * @param document the index of its document in the list that was encoded
 * @param first the index of its first sentence in the document
 * @param sequence its ids
 * @param positions where in the sequence the [CLS] of each sentence is
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record SummaryWindow(int document, int first, EncodedSequence sequence, int[] positions) {}
