package albert.experiments.score;

import albert.evaluation.metric.SquadFiles;
import albert.evaluation.metric.SquadQuestion;
import albert.evaluation.metric.SquadScores;
import albert.evaluation.record.RecordFormatException;
import albert.experiments.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scores files of SQuAD's layouts as the official scripts do. */
public final class SquadScoring {
  /** SQuAD 1.1. */
  public static final String V1 = "squad-v1.1";

  /** SQuAD 2.0. */
  public static final String V2 = "squad-v2.0";

  private static final int SHOWN_IDS = 3;

  private SquadScoring() {}

  /** Whether a task is one of the two. */
  public static boolean is(String task) {
    return task.equals(V1) || task.equals(V2);
  }

  /**
   * Scores predictions.
   *
   * @param task {@link #V1} or {@link #V2}
   * @param noAnswer file of probabilities, or scores, of no answer; v2.0 only
   * @param warnings hears, a line each, of questions of v1.1 without a prediction, which count 0 as
   *     in the official script, and of predictions without a question, which don't count
   * @throws InputException if a file is not in its layout, or a question of v2.0 has no prediction
   */
  public static OfficialScores score(
      String task,
      Path gold,
      Path predictions,
      Optional<Path> noAnswer,
      String protocol,
      Consumer<String> warnings) {
    try {
      List<SquadQuestion> questions = SquadFiles.questions(gold);
      Map<String, String> answers = SquadFiles.predictions(predictions);
      requireQuestions(gold, questions);
      warnOfUnknown(predictions, questions, answers, warnings);
      if (task.equals(V1)) {
        if (noAnswer.isPresent()) {
          throw new InputException(
              "--na-probabilities is for " + V2 + ", " + V1 + " has an answer to every question");
        }
        requireAnswers(gold, questions);
        warnOfUnanswered(questions, answers, warnings);
        return result(task, questions, SquadScores.v1(questions, answers), protocol);
      }
      requireAll(predictions, "prediction", questions, answers);
      if (noAnswer.isEmpty()) {
        return result(task, questions, SquadScores.v2(questions, answers), protocol);
      }
      Map<String, Double> probabilities = SquadFiles.noAnswerProbabilities(noAnswer.get());
      warnOfUnknown(noAnswer.get(), questions, probabilities, warnings);
      requireAll(noAnswer.get(), "probability of no answer", questions, probabilities);
      return result(
          task,
          questions,
          SquadScores.v2(questions, answers, probabilities, SquadScores.DEFAULT_THRESHOLD),
          protocol);
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new InputException(InputException.words(e));
    }
  }

  private static OfficialScores result(
      String task, List<SquadQuestion> questions, Map<String, Double> scores, String protocol) {
    Map<String, @Nullable Double> copy = new LinkedHashMap<>(scores);
    return new OfficialScores(task, questions.size(), copy, protocol);
  }

  private static void warnOfUnanswered(
      List<SquadQuestion> questions, Map<String, String> answers, Consumer<String> warnings) {
    List<String> missing = missing(questions, answers);
    if (!missing.isEmpty()) {
      warnings.accept(
          String.format(
              Locale.ROOT,
              "%d of %d questions are unanswered and receive score 0: %s",
              missing.size(),
              questions.size(),
              first(missing)));
    }
  }

  private static void warnOfUnknown(
      Path file, List<SquadQuestion> questions, Map<String, ?> values, Consumer<String> warnings) {
    Set<String> known = questions.stream().map(SquadQuestion::id).collect(Collectors.toSet());
    List<String> unknown = values.keySet().stream().filter(id -> !known.contains(id)).toList();
    if (!unknown.isEmpty()) {
      warnings.accept(
          String.format(
              Locale.ROOT,
              "%s: %d of %d entries are for no question of the gold file and do not count: %s",
              file,
              unknown.size(),
              values.size(),
              first(unknown)));
    }
  }

  private static List<String> missing(List<SquadQuestion> questions, Map<String, ?> values) {
    return questions.stream().map(SquadQuestion::id).filter(id -> !values.containsKey(id)).toList();
  }

  /** The first ids of many. */
  private static String first(List<String> ids) {
    String shown = ids.stream().limit(SHOWN_IDS).collect(Collectors.joining(", "));
    return ids.size() > SHOWN_IDS ? shown + ", …" : shown;
  }

  private static void requireQuestions(Path gold, List<SquadQuestion> questions) {
    if (questions.isEmpty()) {
      throw new InputException(gold + " has no questions");
    }
  }

  private static void requireAnswers(Path gold, List<SquadQuestion> questions) {
    questions.stream()
        .filter(question -> question.answers().isEmpty())
        .findFirst()
        .ifPresent(
            question -> {
              throw new InputException(
                  String.format(
                      Locale.ROOT,
                      "%s: question '%s' has no gold answer, which %s does not allow; is it a file"
                          + " of %s?",
                      gold,
                      question.id(),
                      V1,
                      V2));
            });
  }

  private static void requireAll(
      Path file, String what, List<SquadQuestion> questions, Map<String, ?> values) {
    List<String> missing = missing(questions, values);
    if (!missing.isEmpty()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: question '%s' has no %s; %d of %d have none",
              file,
              missing.get(0),
              what,
              missing.size(),
              questions.size()));
    }
  }
}
