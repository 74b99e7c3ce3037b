package albert.experiments.task.table;

import albert.datasets.table.LabelFormat;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What somebody should know of a table of theirs, a line each.
 *
 * @param kind what is predicted
 * @param labels that there are
 * @param train what is learnt
 * @param dev what scores are for
 */
record TableNotes(
    LabelKind kind, List<String> labels, List<TextExample> train, List<TextExample> dev) {
  /** More labels than this that are all numbers look like numbers. */
  private static final int MANY_NUMBERS = 20;

  /** Numbers whose spread or mean is larger are hard to learn. */
  private static final double LARGE = 20;

  static List<String> of(TaskData<TextExample> data) {
    return new TableNotes(
            ((TextTask) data.task()).kind(),
            data.labels(),
            data.examples(SplitName.TRAIN),
            data.examples(SplitName.DEV))
        .all();
  }

  private List<String> all() {
    List<String> notes = new ArrayList<>();
    contradictions(notes);
    seenTexts(notes);
    long empty = train.stream().filter(example -> example.text().isBlank()).count();
    if (empty > 0) {
      notes.add(String.format(Locale.ROOT, "%d training texts are empty", empty));
    }
    if (kind == LabelKind.CLASSIFICATION
        && labels.size() > MANY_NUMBERS
        && LabelFormat.areNumbers(labels)) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the %d labels are all numbers, and each is learnt as a label of its own; label_kind"
                  + " number learns them as numbers",
              labels.size()));
    }
    if (kind == LabelKind.REGRESSION) {
      largeNumbers(notes);
    }
    return notes;
  }

  /** Equal texts with different labels, of which no model gets all right. */
  private void contradictions(List<String> notes) {
    Map<List<String>, TextExample> first = new HashMap<>();
    Set<List<String>> texts = new HashSet<>();
    String example = "";
    for (TextExample one : train) {
      TextExample before = first.putIfAbsent(texts(one), one);
      if (before != null && !before.labels().equals(one.labels()) && texts.add(texts(one))) {
        example =
            example.isEmpty()
                ? String.format(Locale.ROOT, "lines %s and %s", before.id(), one.id())
                : example;
      }
    }
    if (!texts.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d training texts stand there with different labels, the first in %s",
              texts.size(),
              example));
    }
  }

  private void seenTexts(List<String> notes) {
    Set<List<String>> trained = new HashSet<>();
    train.forEach(example -> trained.add(texts(example)));
    long seen = dev.stream().filter(example -> trained.contains(texts(example))).count();
    if (seen > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d of %d dev texts are in train too, so that dev's scores flatter",
              seen,
              dev.size()));
    }
  }

  private static List<String> texts(TextExample example) {
    return example.pair() == null
        ? List.of(example.text())
        : List.of(example.text(), example.pair());
  }

  private void largeNumbers(List<String> notes) {
    double mean = train.stream().mapToDouble(TextExample::label).average().orElse(0);
    double variance =
        train.stream()
            .mapToDouble(example -> (example.label() - mean) * (example.label() - mean))
            .average()
            .orElse(0);
    if (Math.abs(mean) > LARGE || Math.sqrt(variance) > LARGE) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the numbers have a mean of %.4g and a standard deviation of %.4g: they are learnt as"
                  + " they are, which takes long unless they are scaled to a few units",
              mean,
              Math.sqrt(variance)));
    }
  }
}
