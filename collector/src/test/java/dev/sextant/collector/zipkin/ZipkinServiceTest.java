package dev.sextant.collector.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Corpora;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

class ZipkinServiceTest {
  private static final Span SPAN =
      Span.newBuilder()
          .traceId(0, 1)
          .id(2)
          .kind(Span.Kind.CLIENT)
          .name("get")
          .localEndpoint(Endpoint.newBuilder().serviceName("cart").build())
          .timestamp(ZipkinFixture.NOW_MICROS)
          .duration(5)
          .build();

  private static final ZipkinFixture zipkin = new ZipkinFixture();

  @BeforeEach
  void reset() {
    zipkin.sink.reset();
  }

  @AfterAll
  static void close() {
    zipkin.close();
  }

  private static int post(String path, SpanBytesEncoder encoder, String type) {
    return zipkin.post(path, encoder.encodeList(List.of(SPAN)), "content-type", type).statusCode();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  @Test
  void everyFormat_is202() throws Exception {
    assertThat(post("/v2/spans", SpanBytesEncoder.JSON_V2, "application/json; charset=utf-8"))
        .isEqualTo(202);
    assertThat(post("/v2/spans", SpanBytesEncoder.PROTO3, "application/x-protobuf")).isEqualTo(202);
    assertThat(post("/v1/spans", SpanBytesEncoder.JSON_V1, "application/json")).isEqualTo(202);
    assertThat(post("/v1/spans", SpanBytesEncoder.THRIFT, "application/x-thrift")).isEqualTo(202);
    HttpResponse<String> untyped =
        zipkin.post("/v2/spans", SpanBytesEncoder.JSON_V2.encodeList(List.of(SPAN)));
    assertThat(untyped.statusCode()).isEqualTo(202);
    byte[] zipped = gzip(SpanBytesEncoder.PROTO3.encodeList(List.of(SPAN)));
    assertThat(
            zipkin
                .post(
                    "/v2/spans",
                    zipped,
                    "content-type",
                    "application/x-protobuf",
                    "content-encoding",
                    "gzip")
                .statusCode())
        .isEqualTo(202);
    assertThat(zipkin.spans()).hasSize(6).allMatch(zipkin.spans().getFirst()::equals);
  }

  @Test
  void nothing_is202_andWritesNothing() {
    assertThat(zipkin.json("/v2/spans", "[]").statusCode()).isEqualTo(202);
    assertThat(zipkin.json("/v2/spans", "").statusCode()).isEqualTo(202);
    assertThat(zipkin.json("/v1/spans", "[]").statusCode()).isEqualTo(202);
    assertThat(
            zipkin
                .post("/v1/spans", new byte[0], "content-type", "application/x-thrift")
                .statusCode())
        .isEqualTo(202);
    assertThat(zipkin.sink.batches()).isEmpty();
  }

  @Test
  void goodSpans_areKeptNextToBadOnes() throws Exception {
    String good = "{\"traceId\":\"1\",\"id\":\"2\",\"timestamp\":" + ZipkinFixture.NOW_MICROS + "}";
    HttpResponse<String> answer =
        zipkin.json(
            "/v2/spans",
            "["
                + String.join(
                    ",",
                    good,
                    good.replace("\"1\"", "\"xyz\""),
                    good.replace("\"id\"", "\"nothing\""),
                    good.replace("}", ",\"localEndpoint\":{\"port\":[{}]},\"name\":\"late\"}"),
                    good.replace(String.valueOf(ZipkinFixture.NOW_MICROS), "4102444800000000"),
                    good)
                + "]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("4 spans rejected, the others are kept: ")
        .contains("/1/traceId: 'xyz' is not 1 to 32 hexadecimal digits (and 2 more)")
        .contains("retention.test");
    assertThat(zipkin.spans()).hasSize(2);
  }

  @Test
  void whatIsWrong_isNamedWithItsPlace() {
    record Case(String span, String message) {}
    for (Case wrong :
        List.of(
            new Case("{\"id\":\"2\"}", "/0: it has no trace id"),
            new Case("{\"traceId\":\"1\"}", "/0: it has no id"),
            new Case("{\"traceId\":\"00\",\"id\":\"1\"}", "/0: it has no trace id"),
            new Case("{\"traceId\":\"1\",\"id\":\"00000000000000001\"}", "/0/id: '0000"),
            new Case("{\"kind\":\"client-ish\"}", "/0/kind: expected CLIENT, SERVER"),
            new Case("{\"tags\":{\"a\":[1]}}", "/0/tags/a: expected a string, found '['"),
            new Case("{\"timestamp\":-1}", "/0/timestamp: expected a whole number"),
            new Case("{\"timestamp\":\"now\"}", "/0/timestamp: expected a whole number"),
            new Case("{\"annotations\":[{\"value\":\"x\"}]}", "/0/annotations/0: an annotation"),
            new Case("{\"binaryAnnotations\":[]}", "post it to /api/v1/spans"),
            new Case(
                "{\"traceId\":\"1\",\"id\":\"1\",\"timestamp\":9223372036854775807}",
                "µs is not between 1970 and 2262"),
            new Case(
                "{\"traceId\":\"1\",\"id\":\"1\",\"timestamp\":9,\"duration\":9223372036854775807}",
                "its duration 9223372036854775807 µs"),
            new Case("7", "/0: expected an object, found '7'"))) {
      HttpResponse<String> answer = zipkin.json("/v2/spans", "[" + wrong.span + "]");
      assertThat(answer.statusCode()).as(wrong.span).isEqualTo(400);
      assertThat(answer.body()).startsWith("1 spans rejected").contains(wrong.message);
    }
    assertThat(zipkin.json("/v1/spans", "[{\"localEndpoint\":{}}]").body())
        .contains("post it to /api/v2/spans");
    assertThat(zipkin.sink.batches()).isEmpty();
  }

  @Test
  void unreadableBodies_are400_andKeepNothing() {
    String good = "{\"traceId\":\"1\",\"id\":\"2\"}";
    for (String body : List.of("{}", "[", "[" + good + ",", "[" + good + "] x", "[{\"a\":tru}]")) {
      HttpResponse<String> answer = zipkin.json("/v2/spans", body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).startsWith("the body is no list of spans as Zipkin's JSON");
    }
    assertThat(
            zipkin
                .post("/v2/spans", new byte[] {10, 9, 1}, "content-type", "application/x-protobuf")
                .body())
        .isEqualTo(
            "the body is no list of spans as Zipkin's protobuf: at byte 1: field 1 says 9 bytes"
                + " follow, but 1 are left");
    assertThat(
            zipkin
                .post("/v1/spans", new byte[] {12, 0, 0}, "content-type", "application/x-thrift")
                .body())
        .startsWith("the body is no list of spans as Zipkin's thrift: at byte 1: ");
    assertThat(zipkin.sink.batches()).isEmpty();
  }

  @Test
  void otherFormats_areRefusedWithTheWayOut() {
    assertThat(zipkin.post("/v2/spans", new byte[0], "content-type", "application/x-thrift").body())
        .isEqualTo(
            "Content-Type 'application/x-thrift' is not taken; send application/json or"
                + " application/x-protobuf");
    assertThat(
            zipkin
                .post("/v1/spans", new byte[0], "content-type", "application/x-protobuf")
                .statusCode())
        .isEqualTo(415);
    assertThat(zipkin.post("/v1/spans", new byte[0], "content-encoding", "br").statusCode())
        .isEqualTo(415);
    assertThat(zipkin.post("/v2/spans", new byte[0], "x-scope-orgid", "acme").statusCode())
        .isEqualTo(400);
  }

  @Test
  void whatTheJournalAnswers_isSaid() {
    byte[] body = SpanBytesEncoder.JSON_V2.encodeList(List.of(SPAN));
    zipkin.sink.answer(new Sink.Written.Throttled(1500, "behind"));
    HttpResponse<String> behind = zipkin.post("/v2/spans", body);
    assertThat(behind.statusCode()).isEqualTo(429);
    assertThat(behind.headers().firstValue("retry-after")).contains("2");
    zipkin.sink.answer(new Sink.Written.Unavailable(3000, "the disk is full"));
    HttpResponse<String> full = zipkin.post("/v2/spans", body);
    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(full.headers().firstValue("retry-after")).contains("3");
    assertThat(full.body()).isEqualTo("the disk is full");
    assertThat(zipkin.post("/v2/spans", new byte[21 << 20]).statusCode()).isEqualTo(413);
  }

  @Test
  void nothingIsAnswered_untilTheJournalHasIt() throws Exception {
    CompletableFuture<Sink.Written> durable = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (ZipkinFixture blocked =
        new ZipkinFixture(
            batch -> {
              asked.complete(null);
              return durable;
            })) {
      var answer =
          blocked
              .client()
              .sendAsync(
                  blocked.request("/v2/spans", SpanBytesEncoder.JSON_V2.encodeList(List.of(SPAN))),
                  HttpResponse.BodyHandlers.ofString());
      asked.join();
      assertThat(answer.isDone()).isFalse();
      durable.complete(new Sink.Written.Accepted(new Position(0, 0)));
      assertThat(answer.join().statusCode()).isEqualTo(202);
    }
  }

  @Test
  void zipkinsOwnExamples_areTakenWhole() throws Exception {
    try (Stream<Path> files = Files.list(Corpora.require("zipkin"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
        byte[] body = Files.readAllBytes(file);
        zipkin.sink.reset();
        HttpResponse<String> answer =
            zipkin.json("/v2/spans", new String(body, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(file + ": " + answer.body()).isEqualTo(202);
        List<Span> expected = SpanBytesDecoder.JSON_V2.decodeList(body);
        assertThat(zipkin.spans()).as(file.toString()).hasSameSizeAs(expected);
        assertThat(ReadSpans.of(ZipkinFormat.JSON_V2, body).spans).isEqualTo(expected);
      }
    }
  }
}
