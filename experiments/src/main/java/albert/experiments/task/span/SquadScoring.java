package albert.experiments.task.span;

import albert.datasets.span.SquadTask;
import albert.evaluation.metric.SquadFiles;
import albert.evaluation.metric.SquadQuestion;
import albert.evaluation.metric.SquadScores;
import albert.evaluation.record.RecordFormatException;
import albert.experiments.InputException;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.ScoredFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scores files of SQuAD's layouts as the official scripts do. */
final class SquadScoring {
  private static final int SHOWN_IDS = 3;

  private SquadScoring() {}

  /**
   * Scores predictions.
   *
   * @param files with probabilities, or scores, of no answer for v2.0 only; warned of are questions
   *     of v1.1 without a prediction, which count 0 as in the official script, and predictions
   *     without a question, which don't count
   * @throws InputException if a file is not in its layout, or a question of v2.0 has no prediction
   */
  static OfficialScores score(SquadTask task, ScoredFiles files) {
    Path gold = files.gold();
    Path predictions = files.predictions();
    Consumer<String> warnings = files.warnings();
    try {
      List<SquadQuestion> questions = SquadFiles.questions(gold);
      Map<String, String> answers = SquadFiles.predictions(predictions);
      requireQuestions(gold, questions);
      warnOfUnknown(predictions, questions, answers, warnings);
      if (!task.hasUnanswerable()) {
        files.requireNoUnanswerable(task);
        requireAnswers(gold, questions);
        warnOfUnanswered(questions, answers, warnings);
        return result(task, questions, SquadScores.v1(questions, answers));
      }
      requireAll(predictions, "prediction", questions, answers);
      if (files.noAnswer().isEmpty()) {
        return result(task, questions, SquadScores.v2(questions, answers));
      }
      Path noAnswer = files.noAnswer().get();
      Map<String, Double> probabilities = SquadFiles.noAnswerProbabilities(noAnswer);
      warnOfUnknown(noAnswer, questions, probabilities, warnings);
      requireAll(noAnswer, "probability of no answer", questions, probabilities);
      return result(
          task,
          questions,
          SquadScores.v2(questions, answers, probabilities, SquadScores.DEFAULT_THRESHOLD));
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new InputException(InputException.words(e));
    }
  }

  private static OfficialScores result(
      SquadTask task, List<SquadQuestion> questions, Map<String, Double> scores) {
    Map<String, @Nullable Double> copy = new LinkedHashMap<>(scores);
    return new OfficialScores(task.id(), questions.size(), copy, OfficialScores.OF_FILES);
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
                      SquadTask.V1_1.id(),
                      SquadTask.V2_0.id()));
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
