package albert.experiments.doctor;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The versions of libraries, by the names of their jars. */
final class LibraryVersions {

  /** Those whose version matters for what is computed. */
  static final List<String> NAMES =
      List.of(
          "tensorflow-core-api",
          "tensorflow-core-native",
          "cuda",
          "javacpp",
          "tokenizers",
          "sentencepiece",
          "jna");

  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

  private LibraryVersions() {}

  /**
   * Those on a class path, of {@link #NAMES} and in their order. Of jars with the same name the
   * longest version is taken, which has the platform's name in it.
   */
  static Map<String, String> on(String classPath) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : NAMES) {
      Stream.of(classPath.split(File.pathSeparator, -1))
          .map(file -> JAR.matcher(new File(file).getName()))
          .filter(Matcher::matches)
          .filter(jar -> jar.group(1).equals(name))
          .map(jar -> jar.group(2))
          .forEach(
              version ->
                  found.merge(
                      name, version, (one, two) -> two.length() > one.length() ? two : one));
    }
    return found;
  }
}
