/**
 * The record of a run and the folder that keeps the runs: {@code runs/STUDY/RUN/run.json}, {@code
 * metrics.jsonl} and what lies beside them. Files are whole or absent, strict in what they may
 * contain, and hold no NaN.
 */
@org.jspecify.annotations.NullMarked
package albert.evaluation.record;
