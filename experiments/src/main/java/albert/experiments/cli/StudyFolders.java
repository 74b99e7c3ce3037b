package albert.experiments.cli;

import albert.evaluation.record.StudyFolder;
import albert.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the folders of studies, and of single runs, by what lies in them. */
final class StudyFolders {

  private StudyFolders() {}

  /**
   * The folder itself if runs lie in it or it is one, else those of its folders with runs.
   *
   * @throws InputException if there are none
   */
  static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
    }
    if (isRun(folder) || holdsRuns(folder)) {
      return List.of(folder);
    }
    List<Path> studies = new ArrayList<>();
    for (Path child : children(folder)) {
      if (holdsRuns(child)) {
        studies.add(child);
      }
    }
    if (!studies.isEmpty()) {
      return studies;
    }
    if (children(folder).stream().noneMatch(StudyFolders::isRun)) {
      throw new InputException("there are no runs in " + folder);
    }
    return List.of(folder); // whoever reads them says what is wrong with them
  }

  /** Whether a folder is that of a run, and not of a study. */
  static boolean isRun(Path folder) {
    return Files.exists(folder.resolve("run.json"));
  }

  /** Whether runs lie in a folder as in a study's, each in a folder that its id names. */
  static boolean holdsRuns(Path folder) throws IOException {
    return Files.isDirectory(folder) && !new StudyFolder(folder).list().records().isEmpty();
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
