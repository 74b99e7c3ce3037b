package albert.datasets.tokenizer;

/**
 * The ids of a vocabulary's special tokens. They only ever come from code, never from text.
 *
 * @param cls {@code [CLS]}, before the first text
 * @param sep {@code [SEP]}, after each text
 * @param pad {@code [PAD]} or {@code <pad>}, fills a batch
 * @param mask {@code [MASK]}, stands for a piece that masked language modelling hides
 * @param unk {@code [UNK]} or {@code <unk>}, a piece that the vocabulary lacks
 */
public record SpecialTokens(int cls, int sep, int pad, int mask, int unk) {}
