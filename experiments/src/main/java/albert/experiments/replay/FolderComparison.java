package albert.experiments.replay;

import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.model.io.CheckpointDirectory;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first thing in which what two trainings left differs, down to the last bit. */
final class FolderComparison {

  private final List<String> compared = new ArrayList<>();

  /** What was compared so far, in words. */
  List<String> compared() {
    return List.copyOf(compared);
  }

  /**
   * Compares two logs.
   *
   * @return the first step and figure that differ
   */
  Optional<String> metrics(Path before, Path now) throws IOException {
    if (!Files.exists(before)) {
      return Optional.empty();
    }
    List<MetricsLine> old = MetricsLog.read(before);
    List<MetricsLine> fresh = Files.exists(now) ? MetricsLog.read(now) : List.of();
    for (int i = 0; i < Math.max(old.size(), fresh.size()); i++) {
      if (i >= old.size() || i >= fresh.size()) {
        long step = (i >= old.size() ? fresh : old).get(i).step();
        return Optional.of(
            String.format(
                Locale.ROOT, "step %d was logged only %s", step, i >= old.size() ? "now" : "then"));
      }
      Optional<String> difference = line(old.get(i), fresh.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    compared.add(String.format(Locale.ROOT, "%d lines of metrics", old.size()));
    return Optional.empty();
  }

  private static Optional<String> line(MetricsLine old, MetricsLine fresh) {
    if (old.step() != fresh.step()) {
      return Optional.of(
          String.format(Locale.ROOT, "step %d was logged then, %d now", old.step(), fresh.step()));
    }
    TreeSet<String> names = new TreeSet<>(old.values().keySet());
    names.addAll(fresh.values().keySet());
    for (String name : names) {
      @Nullable Double one = old.values().get(name);
      @Nullable Double other = fresh.values().get(name);
      if (!Objects.equals(one, other)) {
        return Optional.of(
            String.format(
                Locale.ROOT, "step %d: %s was %s then, %s now", old.step(), name, one, other));
      }
    }
    return Optional.empty();
  }

  /**
   * Compares the weights of two model directories, in the order of the names.
   *
   * @return the first tensor that differs, and by how much
   */
  Optional<String> weights(Path folderBefore, Path folderNow) {
    Path before = CheckpointDirectory.weights(folderBefore);
    Path now = CheckpointDirectory.weights(folderNow);
    if (!Files.exists(before)) {
      return Optional.empty();
    }
    String file = folderBefore.getFileName() + "/" + before.getFileName();
    if (!Files.exists(now)) {
      return Optional.of(file + " was written only then");
    }
    Safetensors old = Safetensors.open(before);
    Safetensors fresh = Safetensors.open(now);
    TreeSet<String> names = new TreeSet<>(old.entries().keySet());
    names.addAll(fresh.entries().keySet());
    for (String name : names) {
      if (!old.entries().containsKey(name) || !fresh.entries().containsKey(name)) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s: tensor %s is there only %s",
                file,
                name,
                old.entries().containsKey(name) ? "then" : "now"));
      }
      Optional<String> difference = tensor(old.readFloat(name), fresh.readFloat(name));
      if (difference.isPresent()) {
        return difference.map(d -> String.format(Locale.ROOT, "%s: tensor %s %s", file, name, d));
      }
    }
    compared.add(String.format(Locale.ROOT, "%d tensors of %s", names.size(), file));
    return Optional.empty();
  }

  private static Optional<String> tensor(FloatTensor old, FloatTensor fresh) {
    if (old.equals(fresh)) {
      return Optional.empty();
    }
    if (old.size() != fresh.size()) {
      return Optional.of(String.format(Locale.ROOT, "was %s then, %s now", old, fresh));
    }
    int differing = 0;
    double largest = 0;
    for (int i = 0; i < old.size(); i++) {
      if (Float.floatToIntBits(old.values()[i]) != Float.floatToIntBits(fresh.values()[i])) {
        differing++;
        largest = Math.max(largest, Math.abs((double) old.values()[i] - fresh.values()[i]));
      }
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "differs in %d of %d values, by up to %.3g",
            differing,
            old.size(),
            largest));
  }

  /**
   * Compares all files of predictions, those in folders too.
   *
   * @return the first line of the first file that differs
   */
  Optional<String> predictions(Path before, Path now) throws IOException {
    if (!Files.isDirectory(before)) {
      return Optional.empty();
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(before)) {
      files = all.filter(FolderComparison::isPredictions).sorted().toList();
    }
    for (Path file : files) {
      Path name = before.relativize(file);
      Optional<String> difference = lines("predictions/" + name, file, now.resolve(name));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** As texts and questions have them; a submission has the same once more. */
  private static boolean isPredictions(Path file) {
    return file.toString().endsWith(".jsonl") || file.toString().endsWith(".json");
  }

  private Optional<String> lines(String name, Path before, Path now) throws IOException {
    List<String> old = Files.readAllLines(before);
    List<String> fresh = Files.exists(now) ? Files.readAllLines(now) : List.of();
    for (int i = 0; i < Math.max(old.size(), fresh.size()); i++) {
      if (i >= old.size() || i >= fresh.size() || !old.get(i).equals(fresh.get(i))) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s, line %d: %s then, %s now",
                name,
                i + 1,
                i < old.size() ? old.get(i) : "none",
                i < fresh.size() ? fresh.get(i) : "none"));
      }
    }
    compared.add(String.format(Locale.ROOT, "%d lines of %s", old.size(), name));
    return Optional.empty();
  }

  /** Compares two values by name, say scores. */
  <V> Optional<String> values(String what, Map<String, V> old, Map<String, V> fresh) {
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(fresh.keySet());
    for (String name : names) {
      if (!Objects.equals(old.get(name), fresh.get(name))) {
        return Optional.of(
            String.format(
                Locale.ROOT, "%s was %s then, %s now", name, old.get(name), fresh.get(name)));
      }
    }
    compared.add(String.format(Locale.ROOT, "%d %s", names.size(), what));
    return Optional.empty();
  }
}
