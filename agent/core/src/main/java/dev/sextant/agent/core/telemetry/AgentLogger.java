package dev.sextant.agent.core.telemetry;

import java.text.MessageFormat;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@code java.util.logging.Logger} in the libraries the agent brings: the build puts
 * it in the other's place. The JDK's logging must not start before the application chose its {@code
 * LogManager}, and what the agent has to say must not end up in the application's logs.
 *
 * <p>Warnings go to standard error, a line each; less only with {@code otel.javaagent.debug=true}.
 * What readers of headers warn of only goes there then too: callers must not fill it.
 */
public final class AgentLogger {
  private static final boolean DEBUG = Boolean.getBoolean("otel.javaagent.debug");

  private final String name;
  private final boolean readsHeaders;

  private AgentLogger(String name) {
    this.readsHeaders = name.contains(".propagation.");
    this.name = name.substring(name.lastIndexOf('.') + 1);
  }

  public static AgentLogger getLogger(String name) {
    return new AgentLogger(name);
  }

  public String getName() {
    return name;
  }

  public boolean isLoggable(Level level) {
    return (level.intValue() >= Level.WARNING.intValue() && !readsHeaders)
        || (DEBUG && level.intValue() >= Level.INFO.intValue());
  }

  public void log(Level level, @Nullable String message) {
    log(level, message, (Throwable) null);
  }

  public void log(Level level, @Nullable String message, @Nullable Object parameter) {
    log(level, message, new Object[] {parameter});
  }

  public void log(Level level, @Nullable String message, Object[] parameters) {
    if (isLoggable(level)) {
      String text = String.valueOf(message);
      log(
          level,
          text.indexOf('{') < 0 ? text : MessageFormat.format(text, parameters),
          (Throwable) null);
    }
  }

  public void log(Level level, Supplier<String> message) {
    if (isLoggable(level)) {
      log(level, message.get(), (Throwable) null);
    }
  }

  public void log(Level level, @Nullable Throwable thrown, Supplier<String> message) {
    if (isLoggable(level)) {
      log(level, message.get(), thrown);
    }
  }

  public void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
    if (!isLoggable(level)) {
      return;
    }
    String reason = thrown == null ? "" : ": " + thrown;
    System.err.println("sextant-agent: " + name + ": " + message + reason);
    if (DEBUG && thrown != null) {
      thrown.printStackTrace();
    }
  }

  public void severe(String message) {
    log(Level.SEVERE, message);
  }

  public void warning(String message) {
    log(Level.WARNING, message);
  }

  public void info(String message) {
    log(Level.INFO, message);
  }

  public void config(String message) {
    log(Level.CONFIG, message);
  }

  public void fine(String message) {
    log(Level.FINE, message);
  }

  public void finer(String message) {
    log(Level.FINER, message);
  }

  public void finest(String message) {
    log(Level.FINEST, message);
  }
}
