package dev.sextant.server.config;

/**
 * The configuration, the command line or the surroundings make a start impossible; one sentence
 * that says what to change.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What a module says about a value that a setting gave it, which it begins with the setting's
   * name; anything else unchanged.
   */
  public static RuntimeException of(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof IllegalArgumentException && SettingNames.begins(message)
        ? new ConfigException(message, failure)
        : failure;
  }
}
