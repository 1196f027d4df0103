package dev.sextant.api.admin;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.http.QueryRunner;
import java.util.List;

/** {@code POST /sextant/v1/admin/snapshots}. */
public final class SnapshotApi {
  private static final String PATH = "/sextant/v1/admin/snapshots";

  private final Snapshots snapshots;

  public SnapshotApi(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    Route route = Route.builder().path(PATH).methods(HttpMethod.POST).build();
    return List.of(
        new ApiRoute(route, Role.ADMIN, runner.service(ErrorFormat.SEXTANT, this::take)));
  }

  /** A page of another origin must not fill the disk of who looks at it. */
  private static void refuseForeignPages(Params params) {
    String site = params.header("sec-fetch-site");
    if (!site.isEmpty() && !site.equals("same-origin") && !site.equals("none")) {
      throw new ApiException(
          HttpStatus.FORBIDDEN, "forbidden", "pages of other origins may not take snapshots");
    }
  }

  private HttpResponse take(Access access, Params params) {
    access.require(Role.ADMIN);
    refuseForeignPages(params);
    Snapshots.Snapshot taken;
    try {
      taken = snapshots.take();
    } catch (Snapshots.TooManyException e) {
      throw new ApiException(HttpStatus.CONFLICT, "too_many", String.valueOf(e.getMessage()));
    }
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("path", taken.path());
          json.writeNumberField("bytes", taken.bytes());
          json.writeEndObject();
        });
  }
}
