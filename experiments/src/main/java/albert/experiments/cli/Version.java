package albert.experiments.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints; nothing of it loads TensorFlow. */
public final class Version implements IVersionProvider {

  private static final String BUILD = "/albert/experiments/build.properties";
  private static final String TENSORFLOW_JAVA =
      "/META-INF/maven/org.tensorflow/tensorflow-core-api/pom.properties";

  /** TensorFlow-Java {@code 1.1.0} binds this release of TensorFlow (its release notes). */
  private static final String TENSORFLOW = "2.18.0";

  @Override
  public String[] getVersion() {
    return new String[] {"albert " + suite(), "commit " + commit(), "TensorFlow " + tensorflow()};
  }

  /** The version of the suite. */
  static String suite() {
    return value(BUILD, "git.build.version");
  }

  /** TensorFlow's version and that of its Java binding. */
  static String tensorflow() {
    return String.format(
        Locale.ROOT, "%s (TensorFlow-Java %s)", TENSORFLOW, value(TENSORFLOW_JAVA, "version"));
  }

  /** The commit that was built, with {@code -dirty} where the tree had changes. */
  static String commit() {
    String commit = value(BUILD, "git.commit.id.full");
    return value(BUILD, "git.dirty").equals("true") ? commit + "-dirty" : commit;
  }

  private static String value(String resource, String key) {
    Properties properties = new Properties();
    try (@Nullable InputStream in = Version.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      return "unknown";
    }
    return properties.getProperty(key, "unknown");
  }
}
