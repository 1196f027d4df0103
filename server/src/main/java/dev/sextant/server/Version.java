package dev.sextant.server;

import java.lang.management.ManagementFactory;
import java.util.Optional;

/** This program's version and what it runs on. */
public final class Version {
  private Version() {}

  /** Such as {@code 0.1.0}. */
  public static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** One line for people: version, Java, and whether the start-up cache is in use. */
  public static String describe() {
    boolean cached =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
    return "sextant "
        + number()
        + ", Java "
        + Runtime.version()
        + (cached
            ? ", with start-up cache"
            : ", without start-up cache (starts take about a second longer)");
  }
}
