package dev.sextant.agent.core.telemetry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the agent itself, named like OpenTelemetry's: the system property {@code otel.a.b-c}
 * wins over the environment variable {@code OTEL_A_B_C}.
 */
public final class Setting {
  private Setting() {}

  /** Null if it is not set or blank. */
  public static @Nullable String text(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      value = System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }
    return value == null || value.trim().isEmpty() ? null : value.trim();
  }

  /** Anything but {@code true} and {@code false} counts as not set. */
  public static boolean flag(String property, boolean otherwise) {
    String value = text(property);
    if ("true".equalsIgnoreCase(value)) {
      return true;
    }
    return !"false".equalsIgnoreCase(value) && otherwise;
  }
}
