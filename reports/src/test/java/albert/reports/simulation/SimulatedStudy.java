package albert.reports.simulation;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.reports.output.MadeUp;
import albert.reports.summary.DeclaredAnalysis;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A study whose truth is known: a baseline and variants that get smaller, normal scores around true
 * means.
 *
 * @param seeds of each variant
 * @param truths the true mean of each variant minus the baseline's
 * @param deviations the standard deviation of each variant's scores; the baseline's is {@link #SD}
 * @param correlation of the scores of one seed
 * @param paired whether the study declares its seeds as pairs
 */
record SimulatedStudy(
    int seeds, List<Double> truths, List<Double> deviations, double correlation, boolean paired) {
  /** The standard deviation of the baseline's scores. */
  static final double SD = 0.01;

  /** The margin that the study declares: two standard deviations. */
  static final double MARGIN = 0.02;

  private static final int LARGEST = 512;
  private static final StudyDescription STUDY =
      new StudyDescription(
          "simulated",
          "Which?",
          new TreeMap<>(Map.of("embedding_size", LARGEST)),
          List.of(),
          List.of(),
          "");

  /** The embedding size, and so the place in the report, of the baseline (0) or a variant. */
  static int size(int variant) {
    return LARGEST - variant;
  }

  /** Draws the runs and makes the report. */
  ReportModel report(SplittableRandom random) {
    double[] common = random.doubles(seeds).map(Normal::deviate).toArray();
    List<RunRecord> runs = new ArrayList<>();
    for (int variant = 0; variant <= truths.size(); variant++) {
      double truth = variant == 0 ? 0 : truths.get(variant - 1);
      double sd = variant == 0 ? SD : deviations.get(variant - 1);
      for (int seed = 0; seed < seeds; seed++) {
        double own = Normal.deviate(random.nextDouble());
        double noise = Math.sqrt(correlation) * common[seed] + Math.sqrt(1 - correlation) * own;
        Score score =
            Score.of("wordnet", "accuracy", "dev", 0.7 + truth + sd * noise, 10_000, "last");
        runs.add(
            MadeUp.builder("none", size(variant), seed + 1)
                .variant(Map.of("embedding_size", size(variant)))
                .finished(List.of(score))
                .build());
      }
    }
    return ReportModel.of(declared(), runs);
  }

  private StudyDescription declared() {
    return new StudyDescription(
        STUDY.study(),
        STUDY.question(),
        STUDY.baseline(),
        STUDY.variants(),
        STUDY.references(),
        STUDY.command(),
        new DeclaredAnalysis("accuracy", MARGIN, paired, null));
  }
}
