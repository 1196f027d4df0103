package dev.sextant.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes JSON answers. */
public final class JsonAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonAnswer() {}

  /** Writes one JSON value. */
  @FunctionalInterface
  public interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  public static HttpResponse ok(Body body) {
    return aggregated(HttpStatus.OK, body).toHttpResponse();
  }

  /** One JSON value that is bytes already, in pieces. */
  public static HttpResponse ok(List<HttpData> pieces) {
    long length = 0;
    for (HttpData piece : pieces) {
      length += piece.length();
    }
    ResponseHeaders headers = headers(HttpStatus.OK).contentLength(length).build();
    HttpObject[] objects = new HttpObject[pieces.size() + 1];
    objects[0] = headers;
    for (int i = 0; i < pieces.size(); i++) {
      objects[i + 1] = pieces.get(i);
    }
    return HttpResponse.of(objects);
  }

  static AggregatedHttpResponse aggregated(HttpStatus status, Body body) {
    return AggregatedHttpResponse.of(headers(status).build(), HttpData.wrap(bytes(body)));
  }

  private static ResponseHeadersBuilder headers(HttpStatus status) {
    return ResponseHeaders.builder(status)
        .contentType(MediaType.JSON_UTF_8)
        .add("cache-control", "no-store")
        .add("x-content-type-options", "nosniff");
  }

  /** What an answer cost, as the API's {@code cost} field. */
  public static void cost(JsonGenerator json, long millis) throws IOException {
    json.writeObjectFieldStart("cost");
    json.writeNumberField("millis", millis);
    json.writeEndObject();
  }

  /**
   * What an answer cost, as the API's {@code cost} field.
   *
   * @param blocks that were looked into
   * @param bytes of columns that were read
   */
  public static void cost(JsonGenerator json, long millis, long blocks, long bytes)
      throws IOException {
    json.writeObjectFieldStart("cost");
    json.writeNumberField("millis", millis);
    json.writeNumberField("blocks", blocks);
    json.writeNumberField("bytes", bytes);
    json.writeEndObject();
  }

  private static byte[] bytes(Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }
}
