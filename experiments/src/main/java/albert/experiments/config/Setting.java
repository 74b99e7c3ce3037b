package albert.experiments.config;

/**
 * A value that someone gave to a key.
 *
 * @param key which key
 * @param value an Integer, a Double, a Boolean or a String, as {@link ConfigKey#parse} gives it
 * @param where the place to change it: {@code studies/x.yaml, line 4} or {@code option --epochs}
 */
public record Setting(ConfigKey key, Object value, String where) {

  /** {@code sharing=all}. */
  public String label() {
    return key.name() + "=" + value;
  }
}
