package albert.experiments.task.span;

import albert.datasets.span.SpanAnswer;
import albert.datasets.span.SpanExample;
import albert.datasets.span.SpanFiles;
import albert.datasets.span.SpanPrediction;
import albert.datasets.span.SquadTask;
import albert.datasets.span.SquadWriter;
import albert.evaluation.metric.SquadQuestion;
import albert.evaluation.metric.SquadScores;
import albert.evaluation.record.Score;
import albert.experiments.task.kind.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers to questions, scored as the official scripts do.
 *
 * @param task whose they are
 * @param questions what was asked
 * @param answers by question
 * @param threshold above which no answer is given, where questions may have none
 */
record SpanPredictions(
    SquadTask task, List<SpanExample> questions, List<SpanPrediction> answers, double threshold)
    implements Predictions {

  /** The file of the questions that were scored, in the official layout. */
  static final String GOLD = "gold.json";

  /** Answers to all questions, none withheld: what a threshold is sought with. */
  static final String UNTHRESHOLDED = "predictions_unthresholded.json";

  private static final String CHOSEN = ", threshold chosen on ";

  /** The official names, the one that weights are chosen by first, as in the published code. */
  private static final List<String> ALWAYS = List.of("f1", "exact_match", "exact");

  private static final List<String> UNANSWERABLE =
      List.of("HasAns_exact", "HasAns_f1", "NoAns_exact", "NoAns_f1");

  private static final List<String> BEST =
      List.of("best_f1", "best_f1_thresh", "best_exact", "best_exact_thresh");

  SpanPredictions {
    questions = List.copyOf(questions);
    answers = List.copyOf(answers);
  }

  @Override
  public List<String> ids() {
    return Predictions.ids(questions);
  }

  @Override
  public List<Score> scores(IntPredicate rows, String split, String protocol) {
    List<SquadQuestion> asked = asked(rows);
    if (asked.isEmpty()) {
      return List.of(Score.absent(task.id(), "f1", split, "there are no questions", 0, protocol));
    }
    Map<String, String> given = given(applied());
    Map<String, Double> figures =
        task.hasUnanswerable() ? SquadScores.v2(asked, given) : SquadScores.v1(asked, given);
    List<Score> scores = new ArrayList<>();
    scores.addAll(named(ALWAYS, figures, split, asked.size(), protocol));
    scores.addAll(named(UNANSWERABLE, figures, split, asked.size(), protocol));
    return scores;
  }

  /** With the thresholds that are best on these very questions, as the official script seeks. */
  @Override
  public List<Score> chosenScores(String split, String protocol) {
    if (!task.hasUnanswerable()) {
      return List.of();
    }
    List<SquadQuestion> asked = asked(row -> true);
    return named(
        BEST,
        thresholded(asked, SquadScores.DEFAULT_THRESHOLD),
        split,
        asked.size(),
        protocol + CHOSEN + split);
  }

  /** With the threshold that gives the rows that are chosen on their best F1. */
  @Override
  public List<Score> transferredScores(
      IntPredicate choosing, IntPredicate reporting, String split, String protocol) {
    List<SquadQuestion> chosenOn = asked(choosing);
    List<SquadQuestion> asked = asked(reporting);
    if (!task.hasUnanswerable() || chosenOn.isEmpty() || asked.isEmpty()) {
      return List.of();
    }
    Map<String, Double> sought = thresholded(chosenOn, SquadScores.DEFAULT_THRESHOLD);
    double best = Objects.requireNonNull(sought.get("best_f1_thresh"));
    Map<String, Double> figures = thresholded(asked, best);
    String chosen = protocol + CHOSEN + "the other half";
    List<Score> scores = new ArrayList<>(named(ALWAYS, figures, split, asked.size(), chosen));
    scores.addAll(named(UNANSWERABLE, figures, split, asked.size(), chosen));
    return scores;
  }

  /** All official figures where no answer is given whose score is above a threshold. */
  private Map<String, Double> thresholded(List<SquadQuestion> asked, double above) {
    Set<String> ids = asked.stream().map(SquadQuestion::id).collect(Collectors.toSet());
    Map<String, Double> odds = new LinkedHashMap<>();
    answers.stream()
        .filter(answer -> ids.contains(answer.id()))
        .forEach(answer -> odds.put(answer.id(), SpanFiles.finite(answer.noAnswerScore())));
    return SquadScores.v2(asked, given(Double.POSITIVE_INFINITY), odds, above);
  }

  @Override
  public Optional<String> note() {
    return answers.size() > 1
            && answers.stream().allMatch(answer -> answer.answer(applied()).isEmpty())
        ? Optional.of("answer no question of dev")
        : Optional.empty();
  }

  /**
   * A folder {@code PART} with the files of the published code, and beside it {@value #GOLD}. Where
   * questions may have no answer, {@value #UNTHRESHOLDED} has an answer to all of them.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    Path own = folder.resolve(part);
    SpanFiles.write(own, answers, threshold, task.hasUnanswerable());
    if (task.hasUnanswerable()) {
      SpanFiles.writePredictions(own.resolve(UNTHRESHOLDED), answers, Double.POSITIVE_INFINITY);
    }
    SquadWriter.write(folder.resolve(GOLD), task, questions);
  }

  private double applied() {
    return task.hasUnanswerable() ? threshold : Double.POSITIVE_INFINITY;
  }

  private List<SquadQuestion> asked(IntPredicate rows) {
    return IntStream.range(0, questions.size())
        .filter(rows)
        .mapToObj(questions::get)
        .map(
            question ->
                new SquadQuestion(
                    question.id(), question.answers().stream().map(SpanAnswer::text).toList()))
        .toList();
  }

  private Map<String, String> given(double above) {
    Map<String, String> given = new LinkedHashMap<>();
    answers.forEach(answer -> given.put(answer.id(), answer.answer(above)));
    return given;
  }

  private List<Score> named(
      List<String> names, Map<String, Double> figures, String split, int n, String protocol) {
    List<Score> scores = new ArrayList<>();
    for (String name : names) {
      Double value = figures.get(name);
      if (value != null) {
        scores.add(Score.of(task.id(), name, split, value, n, protocol));
      }
    }
    return scores;
  }
}
