package dev.sextant.collector.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that claim much, nest deep or grow when they are taken apart. */
class ZipkinBombTest {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 1_000 : 20;
  private static final int LEVELS = 100_000;

  private static final ZipkinFixture zipkin = new ZipkinFixture();

  @BeforeEach
  void reset() {
    zipkin.sink.reset();
  }

  @AfterAll
  static void close() {
    zipkin.close();
  }

  private record Body(String path, String type, byte[] bytes) {}

  private static Body json(String path, String text) {
    return new Body(path, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Body thrift(int... bytes) {
    byte[] body = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      body[i] = (byte) bytes[i];
    }
    return new Body("/v1/spans", "application/x-thrift", body);
  }

  private static Body proto(byte[] bytes) {
    return new Body("/v2/spans", "application/x-protobuf", bytes);
  }

  private static HttpResponse<String> post(Body body) {
    return zipkin.post(body.path, body.bytes, "content-type", body.type);
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void bytesThatClaimMuch_areRefused_andCostNoHeap() {
    List<Body> bodies =
        List.of(
            // Five bytes that claim 256 Mi spans; a span's name of 256 MiB; 256 Mi annotations.
            thrift(12, 0x10, 0, 0, 0),
            thrift(12, 0, 0, 0, 1, 11, 0, 3, 0x10, 0, 0, 0),
            thrift(12, 0, 0, 0, 1, 15, 0, 6, 12, 0x10, 0, 0, 0),
            proto(new byte[] {10, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1}),
            proto(new byte[] {10, 6, 42, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1}));
    bodies.forEach(ZipkinBombTest::post);
    long before = heap();
    for (int i = 0; i < ROUNDS; i++) {
      for (Body body : bodies) {
        assertThat(post(body).statusCode()).isEqualTo(400);
      }
    }
    assertThat(heap() - before).isLessThan(64 << 20);
    zipkin.awaitMemory();
  }

  @Test
  void aHundredThousandLevels_are400() throws Exception {
    String arrays = "[".repeat(LEVELS);
    for (String path : List.of("/v1/spans", "/v2/spans")) {
      for (String text :
          List.of(
              arrays,
              "[{\"tags\":" + "{\"a\":".repeat(LEVELS),
              "[{\"unknown\":" + arrays + "]".repeat(LEVELS) + "}]")) {
        HttpResponse<String> answer = post(json(path, text));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("depth (65) exceeds the maximum allowed (64");
      }
    }
    int[] structs = new int[5 + 3 * LEVELS];
    structs[0] = 12;
    structs[4] = 1;
    for (int i = 5; i < structs.length; i += 3) {
      structs[i] = 12;
      structs[i + 2] = 99;
    }
    assertThat(post(thrift(structs)).body()).contains("nest deeper than 16");
    byte[] groups = new byte[LEVELS];
    java.util.Arrays.fill(groups, (byte) 0x0b);
    assertThat(post(proto(groups)).body()).contains("field 1");
    assertThat(post(proto(messages())).statusCode()).isEqualTo(202);
  }

  /** A span with an unknown field that looks like messages in messages is passed over. */
  private static byte[] messages() throws Exception {
    byte[] inner = new byte[0];
    for (int i = 0; i < 200; i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeByteArray(99, inner);
      out.flush();
      inner = bytes.toByteArray();
    }
    return inner;
  }

  @Test
  void servicesOfOneSpan_areBounded() {
    StringBuilder span = new StringBuilder("[{\"traceId\":\"1\",\"id\":\"1\",\"annotations\":[");
    for (int i = 0; i < 17; i++) {
      span.append(i == 0 ? "" : ",")
          .append("{\"timestamp\":1,\"value\":\"x\",\"endpoint\":{\"serviceName\":\"s")
          .append(i)
          .append("\"}}");
    }
    HttpResponse<String> answer = post(json("/v1/spans", span.append("]}]").toString()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("/0: it speaks of more than 16 services");
  }

  @Test
  void spansThatComeToMoreThanTheirMessage_are413() {
    String name = "n".repeat(900_000);
    StringBuilder body = new StringBuilder("[");
    for (int i = 0; i < 15; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"traceId\":\"1\",\"id\":\"1\",\"name\":\"")
          .append(name)
          .append("\",\"annotations\":[");
      for (int host = 0; host < 10; host++) {
        body.append(host == 0 ? "" : ",")
            .append("{\"timestamp\":1,\"value\":\"x\",\"endpoint\":{\"serviceName\":\"")
            .append(host)
            .append("\"}}");
      }
      body.append("]}");
    }
    HttpResponse<String> answer = post(json("/v1/spans", body.append(']').toString()));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .isEqualTo(
            "its spans come to more than 41943040 bytes as OTLP; send less at once or raise"
                + " ingest.limits.http-body");
    assertThat(zipkin.sink.batches()).isEmpty();
  }

  @Test
  void aSpanOfManyTags_isRejectedAlone_andHeldWithinBounds() throws Exception {
    StringBuilder tags = new StringBuilder();
    StringBuilder annotations = new StringBuilder();
    for (int i = 0; i < 500_000; i++) {
      tags.append(i == 0 ? "\"" : ",\"").append(i).append("\":\"\"");
      annotations.append(i == 0 ? "" : ",").append("{\"timestamp\":1,\"value\":\"x\"}");
    }
    String ids = "{\"traceId\":\"1\",\"id\":\"1\"";
    for (String path : List.of("/v1/spans", "/v2/spans")) {
      zipkin.sink.reset();
      HttpResponse<String> answer =
          post(
              json(
                  path,
                  "["
                      + ids
                      + (path.equals("/v1/spans")
                          ? ",\"annotations\":[" + annotations + "]"
                          : ",\"tags\":{" + tags + "}")
                      + "},"
                      + ids
                      + "}]"));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .isEqualTo("1 spans rejected, the others are kept: /0: it is longer than 1048576 bytes");
      assertThat(zipkin.spans()).hasSize(1);
    }
    zipkin.awaitMemory();
  }

  @Test
  void manyServicesInOneMessage_areCounted() {
    StringBuilder body = new StringBuilder("[");
    for (int i = 0; i < 50_000; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"traceId\":\"1\",\"id\":\"1\",\"localEndpoint\":{\"serviceName\":\"")
          .append(i)
          .append("\"}}");
    }
    HttpResponse<String> answer = post(json("/v2/spans", body.append(']').toString()));
    assertThat(answer.statusCode()).isEqualTo(413);
    zipkin.awaitMemory();
  }

  @Test
  void aSpanThatIsTooLong_isRejectedAlone() throws Exception {
    String good = "{\"traceId\":\"1\",\"id\":\"1\",\"name\":\"";
    HttpResponse<String> answer =
        post(json("/v2/spans", "[" + good + "n".repeat(2 << 20) + "\"}," + good + "\"}]"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("/0: it is longer than 1048576 bytes");
    assertThat(zipkin.spans()).hasSize(1);
  }
}
