package albert.experiments.clean;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.StrictJson;
import albert.evaluation.record.StudyFolder;
import albert.evaluation.record.StudyIndex;
import albert.experiments.Folders;
import albert.experiments.config.Keep;
import albert.experiments.run.StartWeights;
import albert.experiments.study.StudyRunner;
import albert.experiments.training.TrainingCheckpoints;
import albert.experiments.training.finetuning.RunWeights;
import albert.experiments.training.pretraining.PretrainingJob;
import albert.model.io.CheckpointDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can go of a study, or of a single run or pretraining. Records, logs and predictions stay in
 * any case, and so does all that a run which is not over needs to go on.
 *
 * @param folder of the study or of the run
 * @param keep the weights that stay: best, none, or all without it
 */
public record StudyCleaning(Path folder, Optional<Keep> keep) {

  /** What can go, and how many runs are left alone because a process is at them. */
  public record Found(List<Removable> removable, int running) {
    /** Copies its argument. */
    public Found {
      removable = List.copyOf(removable);
    }
  }

  /** Whether a folder is that of a run. */
  static boolean isRun(Path folder) {
    return Files.exists(new RunDirectory(folder).record());
  }

  /** Looks; nothing is touched. */
  public Found find() throws IOException {
    List<Removable> found = new ArrayList<>();
    int running = 0;
    for (RunRecord record : records()) {
      RunDirectory directory = directory(record);
      if (RunLock.holder(directory).isPresent()) {
        running++;
      } else {
        ofRun(directory, record, found);
      }
    }
    if (running == 0 && isOver()) {
      ofStarts(found);
    }
    return new Found(found, running);
  }

  private List<RunRecord> records() throws IOException {
    return isRun(folder)
        ? List.of(new StrictJson().read(new RunDirectory(folder).record(), RunRecord.class))
        : listing().records();
  }

  private RunStore.Listing listing() throws IOException {
    return new StudyFolder(folder).list();
  }

  private RunDirectory directory(RunRecord record) {
    return isRun(folder)
        ? new RunDirectory(folder)
        : new StudyFolder(folder).directory(record.runId());
  }

  /** Whether every run that the study asks for is over. */
  private boolean isOver() throws IOException {
    List<RunRecord> over = records().stream().filter(StudyRunner::isOver).toList();
    Optional<StudyIndex> plan = StudyIndex.read(folder);
    if (plan.isEmpty()) {
      return over.size() == records().size();
    }
    Set<String> ids = over.stream().map(RunRecord::runId).collect(Collectors.toSet());
    return plan.get().runs().stream().allMatch(run -> ids.contains(run.runId()));
  }

  private void ofRun(RunDirectory run, RunRecord record, List<Removable> found) throws IOException {
    Path state = TrainingCheckpoints.in(run).folder();
    if (StudyRunner.isOver(record)) {
      add(found, Removable.Kind.STATE, run, Folders.bytes(state), () -> Folders.delete(state));
    }
    long left = 0;
    for (Path file : AtomicFiles.leftovers(run.path())) {
      left += Files.size(file);
    }
    add(found, Removable.Kind.LEFTOVER, run, left, () -> AtomicFiles.removeLeftovers(run.path()));
    if (record.status() == RunStatus.FINISHED && PretrainingJob.isRecordedIn(record)) {
      ofPretraining(run, found);
    } else if (record.status() == RunStatus.FINISHED && keep.isPresent()) {
      RunWeights weights = new RunWeights(run);
      long bytes = 0;
      for (Path superfluous : weights.superfluous(keep.get())) {
        bytes += Folders.bytes(superfluous);
      }
      boolean all = keep.get() == Keep.NONE;
      add(
          found,
          all ? Removable.Kind.WEIGHTS : Removable.Kind.LAST_WEIGHTS,
          run,
          bytes,
          () -> weights.reduce(keep.get()));
    }
  }

  /** The weights of a pretraining, its only ones; what tells of their making stays. */
  private void ofPretraining(RunDirectory pretraining, List<Removable> found) throws IOException {
    if (keep.equals(Optional.of(Keep.NONE))) {
      Path weights = CheckpointDirectory.weights(pretraining.path());
      long bytes = Folders.bytes(weights);
      add(found, Removable.Kind.WEIGHTS, pretraining, bytes, () -> Files.deleteIfExists(weights));
    }
  }

  /** States and weights of starts: what tells of their making stays. */
  private void ofStarts(List<Removable> found) throws IOException {
    Path teacher = StartWeights.teacher(folder);
    long states = Folders.bytes(teacher);
    if (states > 0) {
      found.add(
          new Removable(
              Removable.Kind.TEACHER,
              folder,
              states,
              Optional.empty(),
              () -> Folders.delete(teacher)));
    }
    for (Path start : StartWeights.foldersIn(folder)) {
      RunDirectory owner = new RunDirectory(start);
      if (RunLock.holder(owner).isPresent()) {
        continue;
      }
      Path state = TrainingCheckpoints.in(owner).folder();
      add(found, Removable.Kind.STATE, owner, Folders.bytes(state), () -> Folders.delete(state));
      if (keep.isPresent()) {
        Path weights = CheckpointDirectory.weights(start);
        long bytes = Folders.bytes(weights);
        add(found, Removable.Kind.START, owner, bytes, () -> Files.deleteIfExists(weights));
      }
    }
  }

  private void add(
      List<Removable> found,
      Removable.Kind kind,
      RunDirectory owner,
      long bytes,
      Removable.Removal removal) {
    if (bytes > 0) {
      found.add(new Removable(kind, folder, bytes, Optional.of(owner), removal));
    }
  }
}
