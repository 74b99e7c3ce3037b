package albert.model.config;

/**
 * A configuration that can't be used. The message is one line for the person who wrote it: the key,
 * the value found and what is allowed.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * @param key the key to change, in snake case
   * @param message one line
   */
  public ConfigException(String key, String message) {
    super(message);
    this.key = key;
  }

  /** The key to change, in snake case. */
  public String key() {
    return key;
  }
}
