package dev.sextant.collector.operation;

import static dev.sextant.collector.fixture.Otlp.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.trace.SpanCursor;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names by the shape of their segments, and what becomes of the rest of the span. */
class OperationNamesTest {
  @TempDir Path directory;
  private NamedSpans spans;

  @BeforeEach
  void open() throws Exception {
    spans = new NamedSpans(NamedSpans.DEFAULT, directory);
  }

  @AfterEach
  void close() {
    spans.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /orders/8213/items           | GET /orders/{id}/items
          /orders/8213/items               | /orders/{id}/items
          HTTP GET /a/b?x=1                | HTTP GET /a/b
          GET /a/8213?x=/b/7#top           | GET /a/{id}
          GET /a#top                       | GET /a
          GET /a/8213/?                    | GET /a/{id}/
          GET /a//8213                     | GET /a//{id}
          GET /a/8213 HTTP/1.1             | GET /a/{id}
          GET /a/8213 HTTP/2               | GET /a/{id}
          GET /a/-17                       | GET /a/{id}
          GET /img/99412.png               | GET /img/{id}.png
          GET /v/12.mp4                    | GET /v/{id}.mp4
          GET /static/main.3f9a2c1b.js     | GET /static/{id}.js
          GET /v2/users/7                  | GET /v2/users/{id}
          GET /a;jsessionid=AB/b;c=d?e     | GET /a/b
          GET /odata/Orders(8213)/Items    | GET /odata/Orders({id})/Items
          GET /odata/Orders('ALFKI')       | GET /odata/Orders({id})
          GET /odata/8213(8213)            | GET /odata/{id}
          GET /odata/count()               | GET /odata/count()
          GET /search/blue%20shirt         | GET /search/{id}
          GET http://shop:8080/orders/8213 | GET http://shop:8080/orders/{id}
          https://u:p@shop/orders/8213?x   | https://shop/orders/{id}
          GET http://10.2.3.4:8080/a/8213  | GET http://{host}/a/{id}
          GET http://web-7f9c4d8b6-x2lpq/a | GET http://{host}/a
          http://shop?x=1                  | http://shop
          poll /queue/8213                 | poll /queue/{id}
          """)
  void path_becomesItsTemplate(String name, String template) {
    assertThat(spans.name(name)).isEqualTo(template);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "/",
        "//",
        "GET",
        "",
        "Checkout",
        "operation 8213",
        "GET /orders/{id}/items/8213",
        "GET /orders/:id/8213",
        "GET /orders/[id]/8213",
        "GET /orders/<int:id>/8213",
        "GET /orders/*/8213",
        "GET /orders/items",
        "GET /a/b/",
        "shop.Cart/Get8213",
        "SELECT a / 8213",
        "HTTP/1.1",
        "://8213/8213",
        "GET x://",
        "a name whose path begins behind so many bytes that it is none of ours /8213",
        "GET /söker/日本",
      })
  void anotherName_staysAndSoDoesTheBatch(String name) {
    Span.Builder sent = NamedSpans.server(name);
    assertThat(spans.span("shop", sent)).isEqualTo(sent.build());
  }

  @ParameterizedTest
  @EnumSource(
      value = SpanKind.class,
      names = {"SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_CONSUMER"})
  void serversClientsAndConsumers_areNamed(SpanKind kind) {
    assertThat(spans.span("shop", NamedSpans.server("/a/8213").setKind(kind)).getName())
        .isEqualTo("/a/{id}");
  }

  @ParameterizedTest
  @EnumSource(
      value = SpanKind.class,
      names = {"SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_PRODUCER"})
  void othersStay(SpanKind kind) {
    assertThat(spans.span("shop", NamedSpans.server("/a/8213").setKind(kind)).getName())
        .isEqualTo("/a/8213");
  }

  @Test
  void rawPath_isAddedWhereNoAttributeHoldsIt() {
    Span named = spans.span("shop", NamedSpans.server("GET /a/8213?x=1", attribute("k", "v")));
    assertThat(named.getAttributesList())
        .containsExactly(attribute("k", "v"), attribute("url.original", "/a/8213?x=1"));
    assertThat(original("GET /a/8213 HTTP/1.1")).isEqualTo("/a/8213");
    assertThat(original("GET http://u:p@h/a/8213")).isEqualTo("http://u:p@h/a/8213");
  }

  private String original(String name, KeyValue... attributes) {
    Span named = spans.span("shop", NamedSpans.server(name, attributes));
    assertThat(named.getName()).contains("{id}").doesNotContain("8213");
    return NamedSpans.attribute(named, "url.original");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/8213,      url.path,    /a/8213",
    "/a/8213,      http.target, /a/8213?x=1",
    "/a/8213?x=1,  http.target, /a/8213?x=1",
    "/a/8213,      url.full,    https://shop/a/8213",
    "/a/8213,      http.url,    https://shop:80/a/8213?x=1#y",
    "https://shop/a/8213, url.full, https://shop/a/8213",
  })
  void rawPath_isNotAddedWhereAnAttributeHoldsIt(String path, String key, String value) {
    assertThat(original("GET " + path, attribute(key, value))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/8213?x=1,  url.path,    /a/8213",
    "/a/8213,      url.path,    /a/82134",
    "/a/8213,      url.path,    /b/8213",
    "/a/8213,      url.full,    https://shop",
    "/a/8213,      http.url,    https://shop/b/a/8213",
    "https://shop/a/8213, url.path, /a/8213",
  })
  void rawPath_isAddedWhereAnAttributeHoldsAnother(String path, String key, String value) {
    assertThat(original("GET " + path, attribute(key, value))).isEqualTo(path);
  }

  @Test
  void anotherOriginalUrl_keepsTheName() {
    Span.Builder sent = NamedSpans.server("GET /a/8213", attribute("url.original", "/b"));
    assertThat(spans.span("shop", sent)).isEqualTo(sent.build());
  }

  @Test
  void route_isTheTemplate() {
    KeyValue route = attribute("http.route", "/orders/:order");
    assertThat(spans.name("GET /orders/8213", route)).isEqualTo("GET /orders/:order");
    assertThat(spans.name("GET /orders/latest", route)).isEqualTo("GET /orders/:order");
    assertThat(spans.name("GET /orders/8213", attribute("url.template", "/o/{n}")))
        .isEqualTo("GET /o/{n}");
    assertThat(spans.name("GET /orders/2024", attribute("http.route", "/orders/2024")))
        .isEqualTo("GET /orders/2024");
    for (String whole : new String[] {"", "/", "/*", "/**"}) {
      assertThat(spans.name("GET /orders/8213", attribute("http.route", whole)))
          .isEqualTo("GET /orders/{id}");
    }
  }

  @Test
  void remoteProcedureCalls_keepTheirNames() {
    assertThat(spans.name("/shop.Cart2024/Get", attribute("rpc.system", "grpc")))
        .isEqualTo("/shop.Cart2024/Get");
    assertThat(spans.name("/shop.Cart2024/Get", attribute("rpc.system.name", "grpc")))
        .isEqualTo("/shop.Cart2024/Get");
  }

  @Test
  void oddMethods_areHttp() {
    String[] keys = {"http.request.method", "http.method", "http.request.method_original"};
    for (String key : keys) {
      for (String method : new String[] {"XQZY", "xqzy", "Get", "X-1", "A_B"}) {
        KeyValue sent = attribute(key, method);
        assertThat(spans.name(method, sent)).isEqualTo("HTTP");
        assertThat(spans.name(method + " /a/8213", sent)).isEqualTo("HTTP /a/{id}");
        assertThat(spans.name(method + " /a", sent)).isEqualTo("HTTP /a");
        assertThat(spans.name("HTTP " + method + " /a", sent)).isEqualTo("HTTP /a");
        assertThat(spans.name(method + " /a/b", sent, attribute("http.route", "/a/:b")))
            .isEqualTo("HTTP /a/:b");
      }
      assertThat(spans.name("PROPFIND /a", attribute(key, "PROPFIND"))).isEqualTo("PROPFIND /a");
      assertThat(spans.name("GET", attribute(key, "GET"))).isEqualTo("GET");
      assertThat(spans.name("Checkout", attribute(key, "GET"))).isEqualTo("Checkout");
      assertThat(spans.name("SEND /a", attribute(key, "GET"))).isEqualTo("SEND /a");
    }
    Span.Builder client =
        NamedSpans.server("XQZY /a", attribute("http.method", "XQZY"))
            .setKind(SpanKind.SPAN_KIND_CLIENT);
    assertThat(spans.span("shop", client).getName()).isEqualTo("XQZY /a");
  }

  @Test
  void switchedOff_nothingIsNamed() throws Exception {
    OperationNameSettings off =
        new OperationNameSettings(false, true, 100, 100, 1 << 20, Set.of(), 1 << 20);
    Path file = directory.resolve("off.json");
    try (NamedSpans unnamed = new NamedSpans(off, file, OtlpFixture.NOW)) {
      assertThat(unnamed.name("GET /a/8213")).isEqualTo("GET /a/8213");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void fromAttributes_namesServersThatAreCalledByTheirMethod() throws Exception {
    OperationNameSettings settings =
        new OperationNameSettings(true, true, 100, 100, 1 << 20, Set.of(), 1 << 20);
    try (NamedSpans named = new NamedSpans(settings, directory)) {
      Span span = named.span("shop", NamedSpans.server("GET", attribute("url.path", "/a/8213")));
      assertThat(span.getName()).isEqualTo("GET /a/{id}");
      assertThat(span.getAttributesList()).containsExactly(attribute("url.path", "/a/8213"));
      assertThat(named.name("HTTP", attribute("http.target", "/a/8213?x")))
          .isEqualTo("HTTP /a/{id}");
      assertThat(named.name("GET", attribute("http.route", "/a/:b"), attribute("url.path", "/a/1")))
          .isEqualTo("GET /a/:b");
      assertThat(named.name("GET", attribute("url.path", "/a/{x}"))).isEqualTo("GET");
      assertThat(named.name("GET", attribute("url.path", "a"))).isEqualTo("GET");
      assertThat(named.name("GET")).isEqualTo("GET");
      assertThat(named.name("Checkout", attribute("url.path", "/a/8213"))).isEqualTo("Checkout");
    }
    assertThat(spans.name("GET", attribute("url.path", "/a/8213"))).isEqualTo("GET");
  }

  @Test
  void deepPaths_endInStars() {
    String deep = "/a".repeat(10_000);
    assertThat(spans.name("GET " + deep)).isEqualTo("GET " + "/a".repeat(24) + "/**");
    assertThat(spans.name("GET " + "/a".repeat(24))).isEqualTo("GET " + "/a".repeat(24));
    assertThat(original("GET /8213" + deep)).isEqualTo("/8213" + deep);
  }

  @Test
  void longSegments_areValues() {
    assertThat(spans.name("GET /" + "z".repeat(64))).isEqualTo("GET /" + "z".repeat(64));
    assertThat(spans.name("GET /" + "z".repeat(65))).isEqualTo("GET /{id}");
    assertThat(spans.name("GET /" + "ä".repeat(500_000) + "/b")).isEqualTo("GET /{id}/b");
  }

  @Test
  void batchThatWouldBecomeTooLarge_goesOnAsItIs() throws Exception {
    OperationNameSettings small =
        new OperationNameSettings(true, false, 100, 100, 1 << 20, Set.of(), 100);
    try (NamedSpans named = new NamedSpans(small, directory)) {
      assertThat(named.name("GET /8213/8213/a")).isEqualTo("GET /8213/8213/a");
      assertThat(named.names.counters().tooLarge()).isEqualTo(1);
      assertThat(
              named.name("GET /" + "a".repeat(300), attribute("url.path", "/" + "a".repeat(300))))
          .isEqualTo("GET /{id}");
    }
  }

  @Test
  void counters_countRenamedSpans() {
    spans.name("GET /a/8213");
    spans.name("GET /a/8214");
    spans.name("GET /a");
    assertThat(spans.names.counters().renamed()).isEqualTo(2);
    assertThat(spans.names.counters().bytes()).isPositive();
  }

  @Test
  void spanOfNoService_isNamed() {
    var request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(NamedSpans.server("/a/8213"));
    byte[] bytes = request.build().toByteArray();
    var named = new SpanCursor(spans.send(bytes, 1).payload());
    assertThat(named.next()).isTrue();
    assertThat(named.name()).isEqualTo("/a/{id}");
  }
}
