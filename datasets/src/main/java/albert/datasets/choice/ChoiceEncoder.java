package albert.datasets.choice;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.batch.FeatureCache;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Makes a sequence of every choice as google-research/albert, {@code
 * race_utils.py:convert_single_example}, does: {@code [CLS] passage [SEP] question and choice
 * [SEP]}. Of the question {@linkplain ChoiceQuestion#with with its choice} the last {@code
 * maxQaLength} pieces are kept, and of the passage the first that there is room for: the passage
 * gives way.
 *
 * <p><b>Differs from it</b> where {@code maxQaLength} alone is longer than a sequence: the
 * published code stops there; here as many of the last pieces are kept as a sequence has room for,
 * and none of the passage.
 *
 * @param tokenizer stays the caller's to close
 * @param maxSeqLength longest sequence, special tokens included
 * @param maxQaLength most pieces of a question with a choice
 */
public record ChoiceEncoder(Tokenizer tokenizer, int maxSeqLength, int maxQaLength) {
  /** The published most pieces of a question with a choice ({@code run_race.py}). */
  public static final int DEFAULT_MAX_QA_LENGTH = 128;

  /** The least length of a sequence: [CLS], [SEP], a piece, [SEP]. */
  public static final int SHORTEST = 4;

  private static final int SPECIAL_TOKENS = 3;

  /** Changes with the code whenever the same settings give other sequences. */
  private static final int VERSION = 1;

  /** Checks that there is room for a piece. */
  public ChoiceEncoder {
    if (maxSeqLength < SHORTEST || maxQaLength < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "max_seq_length is %d and max_qa_length %d, at least %d and 1 are needed",
              maxSeqLength,
              maxQaLength,
              SHORTEST));
    }
  }

  /** The sequences of all choices of every question, in their order. */
  public List<EncodedChoice> encode(List<ChoiceQuestion> questions) {
    List<EncodedChoice> sequences = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      ChoiceQuestion question = questions.get(i);
      int[] passage = tokenizer.encode(question.passage());
      for (String choice : question.choices()) {
        sequences.add(encode(i, passage, tokenizer.encode(question.with(choice))));
      }
    }
    return sequences;
  }

  private EncodedChoice encode(int question, int[] passage, int[] asked) {
    int room = maxSeqLength - SPECIAL_TOKENS;
    int last = Math.min(asked.length, Math.min(maxQaLength, room));
    int first = Math.min(passage.length, room - last);
    return new EncodedChoice(
        question,
        EncodedSequence.ofPair(
            tokenizer.specialTokens(),
            Arrays.copyOf(passage, first),
            Arrays.copyOfRange(asked, asked.length - last, asked.length)),
        first < passage.length || last < asked.length);
  }

  /**
   * The sequences to learn from, kept in a file. The label of each is the index of its question's
   * right choice.
   */
  public List<EncodedExample> train(List<ChoiceQuestion> questions, FeatureCache cache) {
    return cache.windows(() -> key(questions), questions, this::labelled);
  }

  private List<EncodedExample> labelled(List<ChoiceQuestion> questions) {
    List<EncodedExample> examples = new ArrayList<>();
    for (EncodedChoice choice : encode(questions)) {
      int answer = questions.get(choice.question()).answer();
      examples.add(new EncodedExample(examples.size(), choice.sequence(), answer));
    }
    return examples;
  }

  private String key(List<ChoiceQuestion> questions) {
    Sha256 key =
        new Sha256()
            .add("choices")
            .add(VERSION)
            .add(tokenizer.fingerprint())
            .add(maxSeqLength)
            .add(maxQaLength);
    for (ChoiceQuestion question : questions) {
      key.add(question.passage())
          .add(question.question())
          .add(question.choices().size())
          .add(question.answer());
      question.choices().forEach(key::add);
    }
    return key.hex();
  }
}
