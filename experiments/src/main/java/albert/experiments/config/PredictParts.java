package albert.experiments.config;

import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import java.util.List;

/** Which parts of a task's data the weights that are best on dev predict besides dev. */
public enum PredictParts {
  /** None. */
  DEV {
    @Override
    public List<SplitName> of(TaskData<?> data) {
      return List.of();
    }
  },
  /** Those whose examples have labels, which are scored. */
  LABELLED {
    @Override
    public List<SplitName> of(TaskData<?> data) {
      return ALL.of(data).stream().filter(data::isLabelled).toList();
    }
  },
  /** All others, and for GLUE the files that its server takes. */
  ALL {
    @Override
    public List<SplitName> of(TaskData<?> data) {
      return data.splits().keySet().stream()
          .filter(part -> part != SplitName.TRAIN && part != SplitName.DEV)
          .filter(data::has)
          .toList();
    }
  };

  /** The parts of some data. */
  public abstract List<SplitName> of(TaskData<?> data);
}
