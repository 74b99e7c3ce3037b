package albert.datasets.pretraining;

/** How the files of a corpus are cut into documents and sentences. */
public enum CorpusFormat {
  /**
   * Each file is looked at: {@link #PROSE} where more than a tenth of the first lines hold the end
   * of a sentence before their own end, else {@link #SENTENCES}.
   */
  AUTO,
  /** The published format: a sentence a line, blank lines between documents. */
  SENTENCES,
  /**
   * Plain prose: a file is one document, its lines may be wrapped anywhere, and sentences are found
   * by {@link SentenceSplitter}. Blank lines end a paragraph and so a sentence.
   */
  PROSE
}
