package albert.datasets.choice;

import albert.datasets.batch.EncodedSequence;

/**
 * A choice as a model takes it: {@code [CLS] passage [SEP] question and choice [SEP]}.
 *
 * @param question the index of its question in the list that was encoded
 * @param sequence its ids
 * @param cut whether something was left out of it
 */
public record EncodedChoice(int question, EncodedSequence sequence, boolean cut) {}
