package albert.experiments.run;

import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunStore;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.training.pretraining.StudyPretraining;
import java.nio.file.Path;

/**
 * Where a study runs.
 *
 * @param store keeps the runs
 * @param data the folder of the data sets
 * @param models reads the checkpoints that runs start from
 * @param pretraining makes what runs start from
 * @param commit commit of the code, or {@code unknown}
 * @param software versions, for the records
 * @param command what to type to repeat the study
 */
public record RunEnvironment(
    RunStore store,
    Path data,
    PretrainedModels models,
    StudyPretraining pretraining,
    String commit,
    Provenance.Software software,
    String command) {}
