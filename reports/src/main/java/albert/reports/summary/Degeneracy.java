package albert.reports.summary;

import albert.evaluation.metric.Metric;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs that learned nothing: they predict the same for all examples. It is seen in their
 * predictions; without these, in a Matthews correlation of 0 or an accuracy that is exactly the
 * majority guess's.
 *
 * @param study whose references tell the level of chance
 * @param predictions of the runs
 */
record Degeneracy(StudyDescription study, PredictionFiles predictions) {

  /** How many finished runs of a variant predict the same for all examples of a metric's task. */
  int count(ReportRow row, ReportMetric metric) {
    return (int)
        row.runs().stream()
            .filter(run -> run.status() == RunStatus.FINISHED && isDegenerate(run, metric))
            .count();
  }

  private boolean isDegenerate(RunRecord run, ReportMetric metric) {
    List<Score> own =
        run.headlineScores().stream()
            .filter(
                score -> score.task().equals(metric.task()) && score.split().equals(metric.split()))
            .toList();
    if (own.isEmpty()) {
      return false;
    }
    Optional<PredictionFile> file =
        VariantKey.mayBeTask(run, metric.task())
            ? predictions.of(run, metric.split())
            : Optional.empty();
    return file.map(PredictionFile::isOnePrediction)
        .orElseGet(() -> own.stream().anyMatch(this::isChance));
  }

  private boolean isChance(Score score) {
    Double value = score.value();
    if (value == null) {
      return false;
    }
    return score.metric().equals(Metric.MATTHEWS_CORRELATION.id())
        ? value == 0
        : score.metric().equals(Metric.ACCURACY.id())
            && value.equals(chance(score.task(), score.metric(), score.split()).orElse(null));
  }

  /**
   * The level of chance: what the majority guess has by a metric; of a correlation, which is
   * undefined for a guess, 0. Empty if it is not known.
   */
  Optional<Double> chance(String task, String metric, String split) {
    return study.references().stream()
        .filter(reference -> reference.name().equals(StudyDescription.MAJORITY))
        .flatMap(reference -> reference.scores().stream())
        .filter(score -> score.task().equals(task) && score.metric().equals(metric))
        .filter(score -> score.split().equals(split))
        .map(Score::value)
        .filter(Objects::nonNull)
        .findFirst()
        .or(() -> Metric.of(metric).filter(Metric::isCorrelation).map(correlation -> 0.0));
  }
}
