package albert.experiments.forecast;

import java.util.List;

/**
 * What the runs of a study still take in one kind of stage, all of them together. What runs share
 * counts once; runs whose data is missing do not count.
 *
 * @param stage its name
 * @param count how often it is done in all
 * @param done how many of these are done
 * @param unit what its steps are
 * @param stepsLeft steps that are left
 * @param secondsLeft estimated wall-clock time that is left
 * @param timeFrom what the estimates are from
 */
public record StageForecast(
    String stage,
    long count,
    long done,
    String unit,
    long stepsLeft,
    double secondsLeft,
    List<String> timeFrom) {

  /** Copies the list. */
  public StageForecast {
    timeFrom = List.copyOf(timeFrom);
  }
}
