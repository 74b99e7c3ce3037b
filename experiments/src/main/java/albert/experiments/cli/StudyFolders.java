package albert.experiments.cli;

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
    if (studies.isEmpty()) {
      throw new InputException("there are no runs in " + folder);
    }
    return studies;
  }

  /** Whether a folder is that of a run, and not of a study. */
  static boolean isRun(Path folder) {
    return Files.exists(folder.resolve("run.json"));
  }

  private static boolean holdsRuns(Path folder) throws IOException {
    return Files.isDirectory(folder) && children(folder).stream().anyMatch(StudyFolders::isRun);
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
