package albert.experiments.forecast;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a variant cost.
 *
 * @param variant its name
 * @param task what it is trained on
 * @param values of the keys that vary
 * @param runs how many, one for each of the seeds
 * @param done how many of them are finished
 * @param parameters of encoder and pooler
 * @param forwardFlopsPerToken of the encoder, at the longest sequence
 * @param steps of training in a run; null where the data that decides it is missing
 * @param trainFlops of all steps of a run, every sequence as long as the longest; null as {@code
 *     steps}
 * @param secondsPerRun estimated wall-clock time of a run, without what runs share; null as {@code
 *     steps}
 * @param timeFrom what the estimate of its training is from
 */
public record VariantForecast(
    String variant,
    String task,
    SortedMap<String, Object> values,
    int runs,
    int done,
    long parameters,
    long forwardFlopsPerToken,
    @Nullable Long steps,
    @Nullable Double trainFlops,
    @Nullable Double secondsPerRun,
    String timeFrom) {}
