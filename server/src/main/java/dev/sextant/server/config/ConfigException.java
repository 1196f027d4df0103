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
}
