package dev.sextant.api.tempo;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import java.util.List;

/** {@code echo}, by which Grafana tests its data source, and {@code status/buildinfo}. */
final class StatusEndpoints {
  /**
   * The release that clients choose their features by. From 2.2.0 on Grafana would stream answers
   * over gRPC, which is not served; there is no other feature that it asks the release about.
   */
  private static final String RELEASE = "2.1.0";

  private final String version;

  /**
   * @param version Sextant's own
   */
  StatusEndpoints(String version) {
    this.version = version;
  }

  HttpResponse echo(Access access, Params params) {
    access.require(Role.VIEWER);
    return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "echo");
  }

  HttpResponse buildInfo(Access access, Params params) {
    access.require(Role.VIEWER);
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("version", RELEASE);
          json.writeStringField("revision", "sextant-" + version);
          for (String unknown : List.of("branch", "buildUser", "buildDate", "goVersion")) {
            json.writeStringField(unknown, "");
          }
          json.writeEndObject();
        });
  }
}
