package albert.datasets.entity;

import albert.datasets.batch.EncodedSequence;

/**
 * A stretch of a sentence as a model takes it: {@code [CLS] stretch [SEP]}. The arrays are not
 * copied: who makes one hands them over.
 *
 * @param sentence the index of its sentence in the list that was encoded
 * @param sequence its ids
 * @param words the words that are tagged in this window, and in no other
 * @param positions where in the sequence the first piece of each is
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record SentenceWindow(
    int sentence, EncodedSequence sequence, int[] words, int[] positions) {}
