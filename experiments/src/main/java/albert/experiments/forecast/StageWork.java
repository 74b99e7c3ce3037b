package albert.experiments.forecast;

import albert.evaluation.record.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What a stage of a run computes.
 *
 * @param stage which
 * @param start the name of what several runs share by it; null if it is the run's own
 * @param times how often it is done in the run
 * @param steps that it has in all, in its unit; 0 where they can't be counted
 * @param done how many of them were done before
 * @param over whether nothing is left of it
 * @param flops of all steps, every sequence as long as the longest
 * @param width how wide batches are, as a part of the longest sequence
 * @param values that pass through memory besides: weights as often as they are updated or written,
 *     logits of the vocabulary
 */
record StageWork(
    Stage stage,
    @Nullable String start,
    long times,
    long steps,
    long done,
    boolean over,
    double flops,
    double width,
    double values) {}
