package dev.sextant.api.service;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.api.Hues;
import dev.sextant.api.http.JsonAnswer;
import java.io.IOException;
import java.util.Locale;

/** What an operation's time goes to, as {@code openapi.yaml} writes it. */
final class OperationTimeJson {
  private OperationTimeJson() {}

  static void write(JsonGenerator json, OperationTime found, Hues hues, long millis)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("requests", found.requests());
    json.writeNumberField("traces", found.traces());
    json.writeBooleanField("all", found.all());
    json.writeNumberField("skipped", found.skipped());
    json.writeNumberField("totalNanos", found.totalNanos());
    json.writeArrayFieldStart("parts");
    for (OperationTime.Part part : found.parts()) {
      json.writeStartObject();
      json.writeStringField("kind", part.target().kind().name().toLowerCase(Locale.ROOT));
      json.writeStringField("service", part.target().service());
      json.writeNumberField("hue", hues.of(part.target().service()));
      json.writeStringField("name", part.target().name());
      json.writeStringField("span", part.target().span());
      json.writeNumberField("nanos", part.nanos());
      json.writeNumberField("requests", part.requests());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("otherNanos", found.other());
    json.writeFieldName("callers");
    if (found.callers() == null) {
      json.writeNull();
    } else {
      network(json, found.callers(), hues);
    }
    json.writeArrayFieldStart("callees");
    for (OperationTime.Network callee : found.callees()) {
      network(json, callee, hues);
    }
    json.writeEndArray();
    json.writeBooleanField("complete", found.complete());
    json.writeNumberField("spansRead", found.spansRead());
    JsonAnswer.cost(json, millis, found.blocks(), found.bytes());
    json.writeEndObject();
  }

  private static void network(JsonGenerator json, OperationTime.Network network, Hues hues)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("service", network.service());
    json.writeNumberField("hue", hues.of(network.service()));
    json.writeNumberField("calls", network.calls());
    json.writeNumberField("totalNanos", network.totalNanos());
    json.writeNumberField("p95Nanos", network.p95Nanos());
    json.writeNumberField("longestNanos", network.longestNanos());
    json.writeEndObject();
  }
}
