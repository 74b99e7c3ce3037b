package albert.reports.published;

import albert.evaluation.record.RunRecord;
import albert.reports.summary.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * In what the way to a figure of ours differs from the way to a published one, or may differ
 * because the source does not say it.
 *
 * @param run a run of our variant
 * @param own how it was pretrained
 * @param model the published model
 */
record ProtocolDifferences(RunRecord run, OwnPretraining own, PublishedModel model) {
  private static final String NOT_SAID = PublishedProtocol.NOT_SAID;
  private static final String YES = "yes";

  /** What the source of split data says of it (data sets, SQuAD without a train set). */
  private static final String NOT_COMPARABLE = "not comparable with published figures";

  /** Differences of size: the vocabulary alone. */
  List<String> ofSize() {
    List<String> differences = new ArrayList<>();
    Object ours = run.config().get("vocab_size");
    String theirs = model.pretraining().vocabSize();
    if (ours instanceof Number number
        && !theirs.equals(NOT_SAID)
        && number.doubleValue() != Double.parseDouble(theirs)) {
      differences.add(
          String.format(
              Locale.ROOT,
              "vocabulary: ours has %s entries, theirs %s",
              Numbers.whole(number.doubleValue()),
              Numbers.whole(Double.parseDouble(theirs))));
    }
    return differences;
  }

  /** Differences of a score. */
  List<String> ofScore(PublishedMetric metric, PublishedProtocol protocol, OwnFigure figure) {
    List<String> differences = new ArrayList<>();
    if (!model.pretraining().isReleasedAs(own)) {
      pretraining(differences);
      differences.addAll(ofSize());
    }
    if (protocol.isOfText()) {
      differences.add(
          "text: theirs is made of " + protocol.text() + ", ours is held out of its own");
    } else {
      fineTuning(protocol, differences);
    }
    aggregate(protocol, figure, differences);
    checkpoint(protocol, figure, differences);
    if (!metric.isNamed()) {
      differences.add(
          String.format(
              Locale.ROOT,
              "metric: GLUE has two for this task and theirs is not named, ours is %s",
              metric.metric()));
    }
    return differences;
  }

  private void pretraining(List<String> differences) {
    PublishedPretraining theirs = model.pretraining();
    String length = theirs.lengthAndText();
    differences.add(
        String.format(
            Locale.ROOT,
            "pretraining: ours is %s, theirs %s",
            own.lengthAndText(),
            length.equals(NOT_SAID) ? "is not said" : length));
    if (own.kind() != OwnPretraining.Kind.NONE) {
      objective(theirs, differences);
    }
    if (own.kind() == OwnPretraining.Kind.OURS) {
      dropout(theirs, differences);
      additionalData(theirs, differences);
    }
    if (theirs.initialisedFrom().equals(NOT_SAID)) {
      differences.add("weights: what theirs began from is not said");
    } else if (theirs.hasOtherStart()) {
      differences.add("weights: theirs began from " + theirs.initialisedFrom() + " (warm start)");
    }
    if (own.isCompressed()) {
      differences.add("compression: ours was made from a model of another shape");
    }
  }

  private void objective(PublishedPretraining theirs, List<String> differences) {
    if (theirs.objective().equals(NOT_SAID)) {
      differences.add("objective: theirs besides masked words is not said");
    } else if (!theirs.objective().equals(own.objective())) {
      differences.add(
          String.format(
              Locale.ROOT,
              "objective: ours is %s, theirs %s",
              own.objective().isEmpty()
                  ? "not known"
                  : PublishedPretraining.objective(own.objective()),
              PublishedPretraining.objective(theirs.objective())));
    }
  }

  private void dropout(PublishedPretraining theirs, List<String> differences) {
    if (!theirs.dropout().equals(own.dropout())) {
      differences.add(
          "dropout in pretraining: " + usage("ours", own.dropout(), "theirs", theirs.dropout()));
    }
  }

  private void additionalData(PublishedPretraining theirs, List<String> differences) {
    if (!theirs.additionalData().equals(own.additionalData())) {
      differences.add(
          "additional data: "
              + usage("ours", own.additionalData(), "theirs", theirs.additionalData()));
    }
  }

  private static String usage(String who, String used, String whoElse, String usedElse) {
    return who + " " + usage(used) + ", " + whoElse + " " + usage(usedElse);
  }

  private static String usage(String used) {
    return switch (used) {
      case YES -> "with";
      case "no" -> "without";
      default -> "is not said";
    };
  }

  private void fineTuning(PublishedProtocol protocol, List<String> differences) {
    if (protocol.start().equals(NOT_SAID)) {
      differences.add(
          "start: whether theirs began from a checkpoint fine-tuned on MNLI is not said");
    } else if (!protocol.start().isEmpty()) {
      differences.add("start: theirs began from " + protocol.start());
    }
    if (run.config().get("max_train_examples") instanceof Number most && most.longValue() > 0) {
      differences.add(
          String.format(
              Locale.ROOT,
              "training examples: ours are the first %s, theirs all",
              Numbers.whole(most.doubleValue())));
    }
    if (run.data().stream().anyMatch(data -> data.source().contains(NOT_COMPARABLE))) {
      differences.add("data: ours are parts of the dev set, for training and for scores");
    }
  }

  private static void aggregate(
      PublishedProtocol protocol, OwnFigure figure, List<String> differences) {
    if (protocol.isMedian()) {
      if (figure.n() != PublishedProtocol.RUNS) {
        differences.add(
            String.format(
                Locale.ROOT,
                "aggregate: ours is %s, theirs a median of %d",
                figure.aggregate(),
                PublishedProtocol.RUNS));
      }
    } else if (protocol.mayBeMedian()) {
      differences.add(
          String.format(
              Locale.ROOT,
              "aggregate: ours is %s, theirs a median of %d or not said",
              figure.aggregate(),
              PublishedProtocol.RUNS));
    } else {
      differences.add(
          String.format(
              Locale.ROOT, "aggregate: ours is %s, theirs is not said", figure.aggregate()));
    }
  }

  private static void checkpoint(
      PublishedProtocol protocol, OwnFigure figure, List<String> differences) {
    if (protocol.hasUnknownCheckpoint()) {
      differences.add(
          String.format(
              Locale.ROOT, "checkpoint: ours is %s, theirs is not said", figure.checkpoint()));
    } else if (protocol.isBestOnDev() && !figure.isChosenOnDev()) {
      differences.add(
          String.format(
              Locale.ROOT,
              "checkpoint: ours is %s, theirs by early stopping on dev",
              figure.checkpoint()));
    }
  }
}
