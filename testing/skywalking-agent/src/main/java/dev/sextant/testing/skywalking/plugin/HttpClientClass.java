package dev.sextant.testing.skywalking.plugin;

/** Calls of Apache's HTTP client. */
public final class HttpClientClass extends InstrumentedClass {
  public HttpClientClass() {
    super(
        "org.apache.hc.client5.http.impl.classic.InternalHttpClient",
        "doExecute",
        3,
        HttpClientSpan.class);
  }
}
