package albert.reports.output;

import albert.evaluation.stats.RankComparison;
import albert.evaluation.stats.StratifiedBootstrap;
import albert.reports.summary.Numbers;
import albert.reports.summary.SeveralTasks;
import albert.reports.summary.TaskWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What explains the table of models against tasks, and what its ranks come to. */
final class TaskNotes {
  private TaskNotes() {}

  /** Under the table. */
  static List<String> of(SeveralTasks tasks) {
    TaskWords words = new TaskWords(tasks);
    List<String> notes = new ArrayList<>();
    if (tasks.losses().isEmpty()) {
      notes.add(average(tasks, words.tested()));
    } else {
      notes.add("No average is taken: " + words.losses() + ".");
    }
    List<String> incomplete = words.incomplete();
    if (!incomplete.isEmpty()) {
      notes.add(String.join(" ", incomplete));
    }
    if (tasks.tasks().size() >= SeveralTasks.FEWEST_TASKS) {
      notes.add(aggregates());
    }
    if (tasks.ranks().isPresent()) {
      notes.add(ranked(tasks));
    }
    return notes;
  }

  /** For a paper's section on methods. */
  static List<String> methods(SeveralTasks tasks) {
    List<String> sentences = new ArrayList<>();
    int tested = new TaskWords(tasks).tested();
    if (tested > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Averages over %s, the plain means of the tasks' means, were compared with the"
                  + " baseline's by %s, two-sided at %s, with Holm's correction for %s.",
              Numbers.plural(tasks.tasks().size(), "task"),
              tasks.analysis().paired()
                  ? "Student's t test of the seeds that both sides have on every task"
                  : "a contrast of means with Satterthwaite's (1946) degrees of freedom",
              Numbers.plain(tasks.analysis().alpha()),
              Numbers.plural(tested, "model")));
    }
    if (tasks.ranks().isPresent()) {
      sentences.add(
          "Average ranks over tasks were compared by Friedman's test in Iman and Davenport's (1980)"
              + " form and Nemenyi's (1963) critical difference.");
    }
    return sentences;
  }

  private static String average(SeveralTasks tasks, int tested) {
    String difference =
        tested == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " The difference from the baseline's average is tested %s; p is corrected by Holm"
                    + " for %s, a family of its own.",
                tasks.analysis().paired()
                    ? "by Student's t test of the seeds that both sides have on every task"
                    : "in the same way",
                Numbers.plural(tested, "model"));
    return "Average: the plain mean of the tasks' means, on a scale whose best is 1; a task counts"
        + " once, with its primary metric. Its interval is of a contrast of means with"
        + " Satterthwaite's degrees of freedom: seeds are drawn at random, tasks are not, so that"
        + " it says nothing of other tasks."
        + difference
        + " Where the scores on some task support no conclusion (fewer than 3 seeds, failed runs,"
        + " undefined scores, runs that predict one class, no spread) there is no interval and no p.";
  }

  private static String aggregates() {
    return "Better than baseline: how likely a run is better than one of the baseline on a task"
        + " drawn at random, ties half (Agarwal et al., 2021). Interquartile mean: the mean of the"
        + " middle half of all runs of all tasks; its interval is a percentile bootstrap of "
        + Numbers.whole(StratifiedBootstrap.REPLICATES)
        + " replicates, runs drawn anew within each task, and stands from "
        + StratifiedBootstrap.FEWEST_RUNS
        + " seeds a task on, as it covers too little below (at 95\u00a0%: 78 to 87\u00a0% with 3"
        + " seeds, 86 to 93\u00a0% with 5, 91 to 94\u00a0% with 10). Both take scores that support"
        + " a conclusion on all tasks.";
  }

  private static String ranked(SeveralTasks tasks) {
    int others = tasks.variants().size() - tasks.ranked().size();
    return "Rank: the mean over the tasks of the rank by the mean score, 1 is best, ties share"
        + " theirs (Demšar, 2006). Tasks are what is drawn at random here, not seeds."
        + (others == 0
            ? ""
            : " Not ranked, as the scores on some task support no conclusion: "
                + Numbers.plural(others, "model")
                + ".");
  }

  /** Friedman's test and the groups; nothing where models are not ranked. */
  static List<String> ranks(SeveralTasks tasks) {
    Optional<RankComparison> found = tasks.ranks();
    if (found.isEmpty()) {
      return List.of();
    }
    RankComparison ranks = found.get();
    List<String> names = tasks.ranked().stream().map(model -> model.name()).toList();
    int models = names.size();
    String test =
        String.format(
            Locale.ROOT,
            "Ranks over %s by Friedman's test (Iman and Davenport's F with %s and %s degrees of"
                + " freedom %s, p %s): %s.",
            Numbers.plural(ranks.tasks(), "task"),
            models - 1,
            (models - 1) * (ranks.tasks() - 1),
            Double.isInfinite(ranks.f()) ? "infinite" : Numbers.fixed(ranks.f(), 2),
            Numbers.probability(ranks.p()),
            ranks.anyDifference() ? "the models differ" : "no difference is shown");
    if (!ranks.anyDifference()) {
      return List.of(test);
    }
    String groups =
        ranks.groups().stream()
            .map(
                group -> group.stream().map(names::get).collect(Collectors.joining("; ", "{", "}")))
            .collect(Collectors.joining(", "));
    return List.of(
        test,
        String.format(
            Locale.ROOT,
            "Nemenyi's critical difference is %s: %s.",
            Numbers.fixed(ranks.criticalDifference(), 2),
            groups.isEmpty()
                ? "all models are told apart"
                : "not told apart are " + groups + "; all others are"));
  }
}
