package dev.sextant.api.zipkin;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;

/** What Zipkin's user interface and its container's health check ask. */
final class StatusEndpoints {
  private final String version;

  StatusEndpoints(String version) {
    this.version = version;
  }

  /** How the user interface is to behave: Zipkin's own defaults. */
  HttpResponse config(Access access, Params params) {
    access.require(Role.VIEWER);
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("environment", "");
          json.writeNumberField("queryLimit", ZipkinParams.DEFAULT_LIMIT);
          json.writeNumberField("defaultLookback", 15 * 60_000);
          json.writeBooleanField("searchEnabled", true);
          json.writeObjectFieldStart("dependency");
          json.writeBooleanField("enabled", true);
          json.writeNumberField("lowErrorRate", 0.5);
          json.writeNumberField("highErrorRate", 0.75);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  HttpResponse info(Access access, Params params) {
    access.require(Role.VIEWER);
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("zipkin");
          json.writeStringField("version", "sextant-" + version);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  /** That the process answers; {@code /-/ready} tells more. */
  HttpResponse health(Access access, Params params) {
    access.require(Role.VIEWER);
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "UP");
          json.writeObjectFieldStart("zipkin");
          json.writeStringField("status", "UP");
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
