package dev.sextant.testing.tracers;

import brave.Span;
import brave.Tracing;
import brave.propagation.B3Propagation;
import brave.propagation.B3Propagation.Format;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/** A client and a server traced by Brave, which report through zipkin-reporter. */
final class BraveServices implements AutoCloseable {
  private final URLConnectionSender sender;
  private final AsyncZipkinSpanHandler reporter;
  private final Tracing front;
  private final Tracing back;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  BraveServices(String url, Format format) throws IOException {
    sender = URLConnectionSender.create(url + "/zipkin/api/v2/spans");
    reporter =
        AsyncZipkinSpanHandler.newBuilder(sender).messageTimeout(0, TimeUnit.MILLISECONDS).build();
    front = tracing("brave-front", format);
    back = tracing("brave-back", format);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  private Tracing tracing(String service, Format format) {
    return Tracing.newBuilder()
        .localServiceName(service)
        .traceId128Bit(format == Format.SINGLE)
        .propagationFactory(
            B3Propagation.newFactoryBuilder()
                .injectFormat(format)
                .injectFormat(Span.Kind.CLIENT, format)
                .build())
        .addSpanHandler(reporter)
        .build();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/stock";
  }

  /** Joins the caller's span, as Brave's servers do: both halves have one id. */
  private void serve(HttpExchange exchange) throws IOException {
    TraceContext.Extractor<Headers> extractor = back.propagation().extractor(Headers::getFirst);
    TraceContextOrSamplingFlags extracted = extractor.extract(exchange.getRequestHeaders());
    Span span =
        extracted.context() == null
            ? back.tracer().nextSpan(extracted)
            : back.tracer().joinSpan(extracted.context());
    span.kind(Span.Kind.SERVER).name("GET /stock").start();
    span.finish();
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** Calls and returns the trace's id, when both services have reported. */
  String call(String url) throws IOException, InterruptedException {
    Span span = front.tracer().newTrace().kind(Span.Kind.CLIENT).name("GET").start();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    TraceContext.Injector<HttpRequest.Builder> injector =
        front.propagation().injector(HttpRequest.Builder::setHeader);
    injector.inject(span.context(), request);
    client.send(request.build(), HttpResponse.BodyHandlers.discarding());
    span.finish();
    reporter.flush();
    return span.context().traceIdString();
  }

  @Override
  public void close() {
    server.stop(0);
    front.close();
    back.close();
    reporter.close();
    sender.close();
  }
}
