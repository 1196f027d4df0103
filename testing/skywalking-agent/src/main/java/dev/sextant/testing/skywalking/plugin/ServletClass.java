package dev.sextant.testing.skywalking.plugin;

/** Requests that Spring's servlet serves. */
public final class ServletClass extends InstrumentedClass {
  public ServletClass() {
    super("org.springframework.web.servlet.FrameworkServlet", "service", 2, ServletSpan.class);
  }
}
