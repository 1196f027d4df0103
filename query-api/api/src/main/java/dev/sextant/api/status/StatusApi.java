package dev.sextant.api.status;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.http.QueryRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code /sextant/v1/status} and the API's own description. */
public final class StatusApi {
  private final StatusSource source;

  public StatusApi(StatusSource source) {
    this.source = source;
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    return List.of(
        route(runner, "/sextant/v1/status", this::status),
        route(runner, "/sextant/v1/openapi.yaml", (access, params) -> description()));
  }

  private static ApiRoute route(QueryRunner runner, String path, QueryRunner.Handler handler) {
    Route route = Route.builder().path(path).methods(HttpMethod.GET).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.SEXTANT, handler));
  }

  private static HttpResponse description() {
    try (InputStream document =
        StatusApi.class.getResourceAsStream("/dev/sextant/api/openapi.yaml")) {
      byte[] bytes =
          Objects.requireNonNull(document, "openapi.yaml is missing from the jar").readAllBytes();
      return HttpResponse.of(
          HttpStatus.OK, MediaType.parse("application/yaml"), HttpData.wrap(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read openapi.yaml", e);
    }
  }

  private HttpResponse status(Access access, Params params) {
    access.require(Role.VIEWER);
    StatusSource.Status status = source.status();
    return JsonAnswer.ok(json -> write(json, status, access.tenant()));
  }

  private static void write(JsonGenerator json, StatusSource.Status status, String tenant)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("version", status.version());
    json.writeStringField("tenant", tenant);
    json.writeNumberField("startedMillis", status.startedMillis());
    json.writeObjectFieldStart("ports");
    for (Map.Entry<String, Integer> port : status.ports().entrySet()) {
      json.writeNumberField(port.getKey(), port.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("received");
    json.writeNumberField("spans", status.spans());
    json.writeNumberField("samples", status.samples());
    json.writeNumberField("lines", status.lines());
    json.writeEndObject();
    json.writeArrayFieldStart("refused");
    for (StatusSource.Refused refused : status.refused()) {
      json.writeStartObject();
      json.writeNumberField("timeMillis", refused.timeMillis());
      json.writeStringField("path", refused.path());
      json.writeNumberField("status", refused.status());
      json.writeStringField("reason", refused.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("disk");
    json.writeNumberField("usableBytes", status.usableBytes());
    json.writeNumberField("dataBytes", status.dataBytes());
    json.writeEndObject();
    if (status.agentJar().isEmpty()) {
      json.writeNullField("agentJar");
    } else {
      json.writeStringField("agentJar", status.agentJar());
    }
    json.writeEndObject();
  }
}
