package dev.sextant.agent.tests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An OTLP/HTTP server on a free loopback port that keeps all it is sent. */
final class OtlpReceiver implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Span> spans = new ArrayList<>();
  private final List<LogRecord> logs = new ArrayList<>();
  private final Map<String, Metric> metrics = new HashMap<>();
  private Resource resource = Resource.getDefaultInstance();
  private int refuseWith;
  private int refused;
  private CountDownLatch gate = new CountDownLatch(0);

  OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/", this::receive);
    server.start();
  }

  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Answers everything with this status from now on; zero accepts again. */
  synchronized void refuseWith(int status) {
    refuseWith = status;
  }

  /** From now on requests are read but not answered, until {@link #release}. */
  synchronized void hang() {
    gate = new CountDownLatch(1);
  }

  synchronized void release() {
    gate.countDown();
    gate = new CountDownLatch(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      currentGate().await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    exchange.sendResponseHeaders(accept(exchange.getRequestURI().getPath(), body), -1);
    exchange.close();
  }

  private synchronized CountDownLatch currentGate() {
    return gate;
  }

  private synchronized int accept(String path, byte[] body) throws IOException {
    if (refuseWith != 0) {
      refused++;
      notifyAll();
      return refuseWith;
    }
    switch (path) {
      case "/v1/traces" ->
          ExportTraceServiceRequest.parseFrom(body)
              .getResourceSpansList()
              .forEach(
                  ofResource -> {
                    resource = ofResource.getResource();
                    ofResource
                        .getScopeSpansList()
                        .forEach(ofScope -> spans.addAll(ofScope.getSpansList()));
                  });
      case "/v1/logs" ->
          ExportLogsServiceRequest.parseFrom(body)
              .getResourceLogsList()
              .forEach(
                  ofResource ->
                      ofResource
                          .getScopeLogsList()
                          .forEach(ofScope -> logs.addAll(ofScope.getLogRecordsList())));
      case "/v1/metrics" ->
          ExportMetricsServiceRequest.parseFrom(body)
              .getResourceMetricsList()
              .forEach(
                  ofResource ->
                      ofResource
                          .getScopeMetricsList()
                          .forEach(
                              ofScope ->
                                  ofScope
                                      .getMetricsList()
                                      .forEach(metric -> metrics.put(metric.getName(), metric))));
      default -> throw new IOException("no OTLP path: " + path);
    }
    notifyAll();
    return 200;
  }

  /** Waits until the function finds what it looks for among the spans so far. */
  <T> T awaitSpans(String what, Function<List<Span>, T> search) {
    return await(what, () -> search.apply(List.copyOf(spans)), () -> describe(spans));
  }

  Span awaitSpan(String what, java.util.function.Predicate<Span> wanted) {
    return awaitSpans(what, all -> all.stream().filter(wanted).findFirst().orElse(null));
  }

  LogRecord awaitLog(String what, java.util.function.Predicate<LogRecord> wanted) {
    return await(
        what, () -> logs.stream().filter(wanted).findFirst().orElse(null), () -> logs.toString());
  }

  Metric awaitMetric(String name, java.util.function.Predicate<Metric> wanted) {
    return await(
        "metric " + name,
        () ->
            metrics.containsKey(name) && wanted.test(metrics.get(name)) ? metrics.get(name) : null,
        () -> metrics.keySet() + " " + metrics.get(name));
  }

  void awaitRefusals(int count) {
    await(count + " refused requests", () -> refused >= count ? true : null, () -> "" + refused);
  }

  synchronized Resource resource() {
    return resource;
  }

  synchronized int received() {
    return spans.size() + logs.size() + metrics.size();
  }

  synchronized int spanCount() {
    return spans.size();
  }

  private synchronized <T> T await(
      String what,
      java.util.function.Supplier<T> search,
      java.util.function.Supplier<String> soFar) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      T found = search.get();
      if (found != null) {
        return found;
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("never received " + what + "; so far: " + soFar.get());
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  private static String describe(List<Span> spans) {
    StringBuilder text = new StringBuilder();
    spans.forEach(
        span -> text.append("\n  ").append(span.getKind()).append(' ').append(span.getName()));
    return text.toString();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
