package albert.model.io;

import albert.model.io.ModelVariable.Part;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model that is to be trained takes from a checkpoint. The encoder has to be there whole; a
 * pooler and a head that the checkpoint lacks start anew, and every tensor is accounted for.
 *
 * @param taken the checkpoint's weights that the model starts from
 * @param fresh names of the model's weights that the checkpoint has not
 * @param leftOut names of the checkpoint's weights that the model has not
 * @param renamed classes that the model takes under other names, "LABEL_0 as no"
 */
public record InitialWeights(
    Map<String, FloatTensor> taken,
    List<String> fresh,
    List<String> leftOut,
    List<String> renamed) {

  private static final Map<String, Part> PARTS =
      Arrays.stream(ModelVariable.values())
          .collect(Collectors.toMap(ModelVariable::variableName, ModelVariable::part));

  /** Copies the collections, not the weights. */
  public InitialWeights {
    taken = Map.copyOf(taken);
    fresh = List.copyOf(fresh);
    leftOut = List.copyOf(leftOut);
    renamed = List.copyOf(renamed);
  }

  /**
   * Finds each of a model's weights in a checkpoint. The checkpoint's head is taken where it is of
   * the same kind with the same classes; classes without names match any of the same number.
   *
   * @param head the model's head
   * @param shapes the model's weights
   * @throws IllegalArgumentException if a weight of the encoder is missing, or one has another
   *     shape
   */
  public static InitialWeights of(
      LoadedModel checkpoint, HeadDescription head, Map<String, long[]> shapes) {
    Map<String, FloatTensor> taken = new LinkedHashMap<>();
    List<String> fresh = new ArrayList<>();
    new TreeMap<>(shapes)
        .forEach(
            (name, shape) -> {
              FloatTensor found = checkpoint.weights().get(name);
              if (found == null ? mayBeNew(name) : !isSame(name, checkpoint.head(), head)) {
                fresh.add(name);
              } else {
                taken.put(name, checked(name, found, shape));
              }
            });
    TreeSet<String> leftOut = new TreeSet<>(checkpoint.weights().keySet());
    leftOut.removeAll(taken.keySet());
    List<String> renamed =
        taken.keySet().stream()
            .map(PARTS::get)
            .filter(InitialWeights::isOfClasses)
            .distinct()
            .map(Objects::requireNonNull)
            .flatMap(part -> renamed(checkpoint.head().classesOf(part), head.classesOf(part)))
            .toList();
    return new InitialWeights(taken, fresh, List.copyOf(leftOut), renamed);
  }

  /**
   * What a person should know, a line each.
   *
   * @param checkpoint the checkpoint's name
   * @param seed what new weights are drawn from
   */
  public List<String> notes(String checkpoint, long seed) {
    List<String> notes = new ArrayList<>();
    if (!fresh.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s %s new: initialised with seed %d",
              String.join(", ", fresh),
              fresh.size() == 1 ? "is" : "are",
              seed));
    }
    if (!leftOut.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s of %s %s not used",
              String.join(", ", leftOut),
              checkpoint,
              leftOut.size() == 1 ? "is" : "are"));
    }
    if (!renamed.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the classes of %s have other names than the task's and are taken by their positions:"
                  + " %s",
              checkpoint,
              String.join(", ", renamed)));
    }
    return notes;
  }

  private static Stream<String> renamed(List<String> from, List<String> to) {
    return from.equals(to)
        ? Stream.of()
        : IntStream.range(0, from.size()).mapToObj(i -> from.get(i) + " as " + to.get(i));
  }

  private static boolean isOfClasses(@Nullable Part part) {
    return part == Part.CLASSIFIER || part == Part.TOKEN;
  }

  private static boolean mayBeNew(String name) {
    Part part = PARTS.get(name);
    return part != null && part != Part.EMBEDDINGS && part != Part.PROJECTION;
  }

  /** Whether a weight that both have by name is the same thing in both. */
  private static boolean isSame(String name, HeadDescription checkpoint, HeadDescription head) {
    Part part = PARTS.get(name);
    if (part == null || !isOfClasses(part)) {
      return true;
    }
    if (checkpoint.kind() != head.kind()) {
      return false;
    }
    List<String> from = checkpoint.classesOf(part);
    List<String> to = head.classesOf(part);
    boolean byPosition = isUnnamed(from) || isUnnamed(to);
    return byPosition ? from.size() == to.size() : from.equals(to);
  }

  private static boolean isUnnamed(List<String> classes) {
    return !classes.isEmpty() && classes.equals(HeadDescription.unnamed(classes.size()));
  }

  private static FloatTensor checked(String name, @Nullable FloatTensor found, long[] shape) {
    if (found == null || !Arrays.equals(found.shape(), shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is %s in the checkpoint, needed is %s",
              name,
              found == null ? "missing" : Arrays.toString(found.shape()),
              Arrays.toString(shape)));
    }
    return found;
  }
}
