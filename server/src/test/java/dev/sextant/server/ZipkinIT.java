package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;

import brave.Span.Kind;
import brave.Tracing;
import brave.propagation.TraceContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import dev.sextant.server.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.codec.DependencyLinkBytesDecoder;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.reporter.AsyncReporter;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.Reporter;
import zipkin2.reporter.brave.ZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/**
 * The running server behind real Zipkin clients: Brave traces a call whose two ends share an id,
 * zipkin-reporter sends it in each format, and Zipkin's own classes read it back.
 */
class ZipkinIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  @TempDir static Path dir;
  private static SextantServer server;

  @BeforeAll
  static void start() {
    server =
        SextantServer.start(
            ConfigReader.read(
                null,
                RouteAccessTest.ports(
                    "derive.interval=100ms",
                    "ingest.operation-names.enabled=false",
                    "listen.ports.zipkin=0")),
            dir.resolve("data"),
            line -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** At the API's port below the prefix, at Zipkin's own without. */
  private static String url(String path) {
    String port = path.startsWith("/api/") ? "zipkin" : "http";
    return "http://127.0.0.1:" + server.ports().get(port) + path;
  }

  private static byte[] get(String path) {
    AggregatedHttpResponse answer = WebClient.of().get(url(path)).aggregate().join();
    assertThat(answer.status().code()).as(path + ": " + answer.contentUtf8()).isEqualTo(200);
    return answer.content().array();
  }

  private static List<String> texts(String path) throws IOException {
    return JSON.readerForListOf(String.class).readValue(get(path));
  }

  /** A request to one service that calls another, which does some work; fails there. */
  private static void call(Tracing front, Tracing back) {
    brave.Span root = front.tracer().newTrace().kind(Kind.SERVER).name("post").start();
    brave.Span client = front.tracer().newChild(root.context()).kind(Kind.CLIENT).name("get");
    client.remoteServiceName("back").tag("http.status_code", "500").start();
    client.annotate("wire send");
    Map<String, String> headers = new HashMap<>();
    TraceContext.Injector<Map<String, String>> injector =
        front.propagation().injector(Map<String, String>::put);
    injector.inject(client.context(), headers);
    TraceContext.Extractor<Map<String, String>> extractor =
        back.propagation().extractor(Map<String, String>::get);
    brave.Span served = back.tracer().joinSpan(extractor.extract(headers).context());
    served.kind(Kind.SERVER).name("get").tag("http.path", "/stock").start();
    brave.Span work = back.tracer().newChild(served.context()).name("reckon").start();
    work.finish();
    served.error(new IllegalStateException("nothing left")).finish();
    client.finish();
    root.finish();
  }

  private static Tracing tracing(String service, Reporter<Span> reporter) {
    return Tracing.newBuilder()
        .localServiceName(service)
        .traceId128Bit(true)
        .addSpanHandler(ZipkinSpanHandler.create(reporter))
        .build();
  }

  private static List<Span> report(String path, Encoding encoding, String encoder)
      throws Exception {
    List<Span> sent = new CopyOnWriteArrayList<>();
    try (URLConnectionSender sender =
            URLConnectionSender.newBuilder().endpoint(url(path)).encoding(encoding).build();
        AsyncReporter<Span> reporter =
            AsyncReporter.builder(sender)
                .messageTimeout(0, TimeUnit.MILLISECONDS)
                .build(zipkin2.reporter.SpanBytesEncoder.valueOf(encoder));
        Tracing front = tracing("front", span -> send(span, sent, reporter));
        Tracing back = tracing("back", span -> send(span, sent, reporter))) {
      call(front, back);
      reporter.flush();
    }
    return sent;
  }

  private static void send(Span span, List<Span> sent, Reporter<Span> reporter) {
    sent.add(span);
    reporter.report(span);
  }

  @ParameterizedTest
  @CsvSource({
    "/zipkin/api/v2/spans, JSON, JSON_V2",
    "/zipkin/api/v2/spans, PROTO3, PROTO3",
    "/zipkin/api/v1/spans, JSON, JSON_V1",
    "/zipkin/api/v1/spans, THRIFT, THRIFT",
    "/api/v2/spans, PROTO3, PROTO3",
    "/api/v1/spans, THRIFT, THRIFT"
  })
  void whatBraveReports_comesBack(String path, Encoding encoding, String encoder) throws Exception {
    List<Span> sent = report(path, encoding, encoder);

    assertThat(sent).hasSize(4);
    String id = sent.getFirst().traceId();
    for (String api : List.of("/zipkin/api/v2", "/api/v2")) {
      assertThat(SpanBytesDecoder.JSON_V2.decodeList(get(api + "/trace/" + id)))
          .containsExactlyInAnyOrderElementsOf(sent);
    }
    JsonNode found =
        JSON.readTree(
            get(
                "/zipkin/api/v2/traces?limit=100&serviceName=back&spanName=get"
                    + "&annotationQuery=error%3Dnothing%20left%20and%20http.path%3D/stock"));
    assertThat(found.findValuesAsText("traceId")).contains(id);
    theTreeIsRight(sent, JSON.readTree(get("/sextant/v1/traces/" + id)).at("/spans"));
  }

  /** Each span has an id of its own; the server's hangs from the client's, its work from it. */
  private static void theTreeIsRight(List<Span> sent, JsonNode spans) {
    Map<String, JsonNode> byRole = new LinkedHashMap<>();
    for (JsonNode span : spans) {
      byRole.put(span.at("/kind").asText() + " " + span.at("/name").asText(), span);
    }
    JsonNode client = byRole.get("client get");
    JsonNode served = byRole.get("server get");
    String shared =
        sent.stream().filter(it -> it.kind() == Span.Kind.CLIENT).findFirst().orElseThrow().id();
    assertThat(client.at("/spanId").asText()).isEqualTo(shared);
    assertThat(client.at("/parentSpanId").asText())
        .isEqualTo(byRole.get("server post").at("/spanId").asText());
    assertThat(served.at("/spanId").asText()).isNotEqualTo(shared);
    assertThat(served.at("/parentSpanId").asText()).isEqualTo(shared);
    assertThat(byRole.get("unspecified reckon").at("/parentSpanId").asText())
        .isEqualTo(served.at("/spanId").asText());
    assertThat(start(served)).isGreaterThanOrEqualTo(start(client));
  }

  private static long start(JsonNode span) {
    return Long.parseLong(span.at("/startNanos").asText());
  }

  @Test
  void services_andWhoCallsWhom_areTold() throws Exception {
    report("/zipkin/api/v2/spans", Encoding.JSON, "JSON_V2");

    assertThat(texts("/zipkin/api/v2/services")).contains("front", "back");
    assertThat(texts("/zipkin/api/v2/spans?serviceName=back")).contains("get", "reckon");
    assertThat(texts("/zipkin/api/v2/remoteServices?serviceName=front")).contains("back");
    DependencyLink link = awaitLink();
    assertThat(link.callCount()).isPositive();
    assertThat(link.errorCount()).isEqualTo(link.callCount());
  }

  private static DependencyLink awaitLink() {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < deadline) {
      for (DependencyLink link :
          DependencyLinkBytesDecoder.JSON_V1.decodeList(
              get("/zipkin/api/v2/dependencies?lookback=3600000"))) {
        if (link.parent().equals("front") && link.child().equals("back")) {
          return link;
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("the service graph has no edge from front to back");
  }

  @Test
  void zipkinsOwnExamples_comeBack() throws Exception {
    String set = System.getenv("SEXTANT_CORPORA");
    Path corpora =
        set == null || set.isEmpty()
            ? Path.of(System.getProperty("sextant.root", "..")).resolve("../shared/corpora")
            : Path.of(set);
    Assumptions.assumeTrue(
        Files.isDirectory(corpora.resolve("zipkin")),
        () -> "skipped: zipkin is not in SEXTANT_CORPORA (" + corpora + ")");
    try (Stream<Path> files = Files.list(corpora.resolve("zipkin"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
        comesBack(file);
      }
    }
  }

  private static void comesBack(Path file) throws IOException {
    List<Span> sent = now(SpanBytesDecoder.JSON_V2.decodeList(Files.readAllBytes(file)));
    HttpRequest request =
        HttpRequest.builder()
            .post("/zipkin/api/v2/spans")
            .content(MediaType.JSON, SpanBytesEncoder.JSON_V2.encodeList(sent))
            .build();
    AggregatedHttpResponse answer = WebClient.of(url("")).execute(request).aggregate().join();
    assertThat(answer.status().code()).as(file + ": " + answer.contentUtf8()).isEqualTo(202);
    Map<String, List<Span>> traces = sent.stream().collect(Collectors.groupingBy(Span::traceId));
    traces.forEach(
        (id, spans) -> {
          byte[] body = get("/zipkin/api/v2/trace/" + id);
          assertThat(SpanBytesDecoder.JSON_V2.decodeList(body))
              .as(file.toString())
              .containsExactlyInAnyOrderElementsOf(spans);
        });
  }

  /** The same spans, the last of which began a minute ago. */
  private static List<Span> now(List<Span> spans) {
    long last = spans.stream().mapToLong(Span::timestampAsLong).max().orElseThrow();
    long shift = (System.currentTimeMillis() - 60_000) * 1000 - last;
    return spans.stream()
        .map(
            span -> {
              Span.Builder moved = span.toBuilder().timestamp(span.timestampAsLong() + shift);
              moved.clearAnnotations();
              span.annotations()
                  .forEach(it -> moved.addAnnotation(it.timestamp() + shift, it.value()));
              return moved.build();
            })
        .toList();
  }
}
