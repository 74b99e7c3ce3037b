package albert.datasets.choice;

import albert.datasets.DataFormatException;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskFolder;
import albert.evaluation.record.RecordFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Data sets of multiple choice, in their official files. */
public enum ChoiceTask implements Task<ChoiceQuestion> {
  /** English exams of two schools, see {@link RaceFiles}. */
  RACE("RACE", 4, "train", "dev", "test") {
    @Override
    boolean isPart(Path path) {
      return RaceFiles.isPart(path);
    }

    @Override
    void read(Path path, boolean labelled, QuestionList questions) throws IOException {
      RaceFiles.read(path, questions);
    }

    /** Of all questions and of those of each school. */
    @Override
    public List<String> metricIds() {
      return List.of(ACCURACY, metric("middle"), metric("high"));
    }
  },
  /** Dialogues in English exams, see {@link DreamFile}. */
  DREAM("DREAM", 3, "train.json", "dev.json", "test.json") {
    @Override
    void read(Path path, boolean labelled, QuestionList questions) throws IOException {
      DreamFile.read(path, questions);
    }
  },
  /** How a situation goes on, see {@link SwagFile}. */
  SWAG("SWAG", 4, "train.csv", "val.csv", "test.csv") {
    @Override
    void read(Path path, boolean labelled, QuestionList questions) throws IOException {
      SwagFile.read(path, labelled, questions);
    }
  };

  /** The score of all questions. */
  private static final String ACCURACY = "accuracy";

  private final String title;
  private final int choices;
  private final Map<SplitName, String> files;

  ChoiceTask(String title, int choices, String train, String dev, String test) {
    this.title = title;
    this.choices = choices;
    files = new EnumMap<>(Map.of(SplitName.TRAIN, train, SplitName.DEV, dev, SplitName.TEST, test));
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String title() {
    return title;
  }

  /** How many choices a question of the official files has. */
  public int choices() {
    return choices;
  }

  @Override
  public List<String> metricIds() {
    return List.of(ACCURACY);
  }

  /**
   * The name of the score of the questions of a level.
   *
   * @param level empty for all questions
   */
  public static String metric(String level) {
    return level.isEmpty() ? ACCURACY : ACCURACY + "_" + level;
  }

  /** A passage and a question with a choice. */
  @Override
  public boolean isOfPairs() {
    return true;
  }

  @Override
  public Optional<String> folder() {
    return Optional.of("multiple-choice/" + id());
  }

  @Override
  public Map<SplitName, String> files() {
    return new EnumMap<>(files);
  }

  /** Whether a part of the data is there. */
  boolean isPart(Path path) {
    return Files.isRegularFile(path);
  }

  /**
   * Reads a part.
   *
   * @param labelled whether the right choices have to be known
   */
  abstract void read(Path path, boolean labelled, QuestionList questions) throws IOException;

  @Override
  public TaskData<ChoiceQuestion> read(Path data) {
    Map<SplitName, List<ChoiceQuestion>> splits =
        TaskFolder.find(this, data, folder().orElseThrow(), files, this::isPart)
            .orElseThrow(() -> TaskFolder.missing(this, data))
            .read(
                (split, path) -> {
                  QuestionList questions = questions(path, split != SplitName.TEST);
                  if (split == SplitName.TRAIN) {
                    questions.requireEqualChoices();
                  }
                  return questions.all();
                });
    return TaskData.of(this, splits, List.of(), "official files");
  }

  /**
   * The questions of a part, with their right choices.
   *
   * @param path of its official file or, of RACE, its folder, that of one school, or one file
   * @throws DataFormatException naming the file, if it is malformed
   * @throws UncheckedIOException if it can't be read
   */
  public List<ChoiceQuestion> readLabelled(Path path) {
    return questions(path, true).all();
  }

  private QuestionList questions(Path path, boolean labelled) {
    QuestionList questions = new QuestionList();
    try {
      read(path, labelled, questions);
    } catch (RecordFormatException e) {
      throw new DataFormatException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (questions.all().isEmpty()) {
      throw new DataFormatException(path.toString(), "there is no question in it");
    }
    return questions;
  }
}
