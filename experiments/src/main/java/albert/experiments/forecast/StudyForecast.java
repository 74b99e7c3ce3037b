package albert.experiments.forecast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a study will cost and what it can find.
 *
 * @param study its name
 * @param runs how many it has
 * @param done how many of them are finished
 * @param variants what each costs, in the order of the study
 * @param pretrainings how many different ones the runs that are left start from
 * @param pretrainingFlops of all of them
 * @param secondsInAll estimated wall-clock time of all stages that are left, one after the other;
 *     null where a run's is unknown
 * @param stages what is left of each kind of stage, in the order in which they come
 * @param power what it can find, a line a task
 * @param notes what a person should know besides, a line each
 */
public record StudyForecast(
    String study,
    int runs,
    int done,
    List<VariantForecast> variants,
    int pretrainings,
    double pretrainingFlops,
    @Nullable Double secondsInAll,
    List<StageForecast> stages,
    List<TaskPower> power,
    List<String> notes) {

  /** Copies its lists. */
  public StudyForecast {
    variants = List.copyOf(variants);
    stages = List.copyOf(stages);
    power = List.copyOf(power);
    notes = List.copyOf(notes);
  }
}
