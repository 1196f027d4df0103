package dev.sextant.testing.skywalking.plugin;

/** Queries of H2's driver. */
public final class H2Class extends InstrumentedClass {
  public H2Class() {
    super("org.h2.jdbc.JdbcPreparedStatement", "executeQuery", 0, H2Span.class);
  }
}
