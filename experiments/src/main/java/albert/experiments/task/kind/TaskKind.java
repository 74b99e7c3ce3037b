package albert.experiments.task.kind;

import albert.datasets.JsonLine;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.task.Example;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.model.config.ModelType;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A kind of task: how its examples become sequences with something to learn, which head learns it,
 * how predictions are read, written and scored.
 *
 * @param <X> an example
 * @param <O> the kind's own configuration keys: a component each, see {@link #keysType}
 * @param <S> examples as sequences
 * @param <P> what is predicted of an example
 */
public interface TaskKind<X extends Example, O extends Record, S extends Sequences, P> {
  /** What its keys are about, as a heading of the help: {@code Answers to questions}. */
  String title();

  /** Every task of this kind. */
  List<? extends Task<X>> tasks();

  /** The heads that it learns with. */
  Set<HeadKind> heads();

  /**
   * The record of the kind's own keys, checked by its constructor; {@link NoKeys} where there are
   * none. The lines of help are in a {@code keys.properties} beside it.
   */
  Class<O> keysType();

  /** The defaults of the kind's own keys for a family of models. */
  O defaults(ModelType family);

  /**
   * The same for a task of the kind, where its tasks differ.
   *
   * @param task its id; empty where it is not known
   */
  default O defaults(ModelType family, String task) {
    return defaults(family);
  }

  /**
   * Checks the own keys together with the longest sequence.
   *
   * @throws albert.model.config.ConfigException naming the key
   */
  default void check(O keys, int maxSeqLength) {}

  /** The same of keys whose type is not known. */
  default void checkAny(Record keys, int maxSeqLength) {
    check(keysType().cast(keys), maxSeqLength);
  }

  /** Of the own keys those that decide sequences: runs that agree in them share the data. */
  default Set<String> keysOfSequences() {
    return Set.of();
  }

  /** Of the own keys those that a trained model has no use for. */
  default Set<String> keysOfTraining() {
    return Set.of();
  }

  /** Of the own keys those that say how data is read: runs that agree in them read the same. */
  default Set<String> keysOfData() {
    return Set.of();
  }

  /** Of the own keys those that say how {@code score} reads files. */
  default Set<String> keysOfScoring() {
    return Set.of();
  }

  /** The longest sequence that a model predicts from, where nobody says it. */
  default int defaultSeqLength(int positions) {
    return positions;
  }

  /** Whether the loss takes weights of classes. */
  default boolean takesClassWeights() {
    return false;
  }

  /** Training examples of each class; empty for a task without classes. */
  default long[] classCounts(TaskData<X> data) {
    return new long[0];
  }

  /** What a person should know of the training examples, a line each. */
  default List<String> notes(TaskData<X> data) {
    return List.of();
  }

  /**
   * Sequences to learn from, with their labels.
   *
   * @param data of which the training examples are learnt
   * @param opened opens the tokenizer; who opens one closes it
   * @param cache keeps what takes long to make
   */
  List<EncodedExample> train(
      TaskData<X> data, Supplier<Tokenizer> opened, int maxSeqLength, O keys, FeatureCache cache);

  /**
   * How many training sequences in a row belong together, so that no batch may tear them apart; a
   * batch size counts such groups.
   *
   * @param train the training examples; none where the data is missing
   */
  default int together(Task<X> task, List<X> train) {
    return 1;
  }

  /**
   * Sequences to predict from.
   *
   * @param tokenizer stays the caller's to close
   */
  S encode(List<X> examples, Tokenizer tokenizer, int maxSeqLength, O keys);

  /** What was left out of sequences that would have been too long, in words. */
  default String cut(long cut, long examples, int maxSeqLength, O keys) {
    return String.format(
        Locale.ROOT, "%d of %d texts were cut to %d pieces", cut, examples, maxSeqLength);
  }

  /** The head of a task. */
  TaskHead<X, S, P> head(TaskData<X> data, O keys);

  /**
   * The head that weights are of, which is one of {@link #heads()}.
   *
   * @param trainedFor the task that they were trained for, where it is known
   * @param given names of the keys that a person set
   */
  TaskHead<X, S, P> head(
      HeadDescription head, O keys, @Nullable Task<X> trainedFor, Set<String> given);

  /**
   * What the scores are compared with, without any training: what they have to beat, and what they
   * can't, whose name says {@link References#BOUND}.
   */
  default List<Reference> references(TaskData<X> data) {
    return List.of();
  }

  /**
   * Other data that a model of a task predicts too, as far as it is there.
   *
   * @param folder of the data sets
   */
  default List<TaskData<X>> related(Task<X> task, Path folder) {
    return List.of();
  }

  /** The keys of a line that {@code predict} reads; all others are handed through. */
  List<String> lineKeys();

  /** How such a line looks: {@code {"text": …}}. */
  String line();

  /** What {@code predict} reads and writes, in a sentence or two. */
  String lineHelp();

  /**
   * Reads a line of {@code predict}.
   *
   * @param trainedFor what the model was trained for, where it is known
   * @throws albert.datasets.DataFormatException with its place, if it lacks something
   * @throws albert.experiments.InputException with its place, if the model was not trained for such
   */
  X read(JsonLine line, @Nullable Task<X> trainedFor);

  /** The tasks that {@code score} knows. */
  default List<? extends Task<X>> scored() {
    return tasks();
  }

  /** What files {@code score} takes, in a sentence. */
  String scoreHelp();

  /**
   * Scores files as the official scripts do.
   *
   * @throws albert.datasets.DataFormatException with file and line, if a file is malformed or they
   *     do not fit each other
   * @throws albert.experiments.InputException if one is not there, or not for the task
   * @throws java.io.UncheckedIOException if one can't be read
   */
  OfficialScores score(Task<X> task, ScoredFiles files);

  /** The kind's task of an id, or nothing. */
  default Optional<Task<X>> task(String id) {
    return tasks().stream().filter(task -> task.id().equals(id)).<Task<X>>map(t -> t).findFirst();
  }

  /** The task of an id as the own keys describe it, or nothing. */
  default Optional<Task<X>> task(String id, O keys) {
    return task(id);
  }

  /** The same of keys whose type is not known. */
  default Optional<Task<X>> anyTask(String id, Record keys) {
    return task(id, keysType().cast(keys));
  }
}
