package dev.sextant.api.alert;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Route;
import dev.sextant.alerting.GroupStatus;
import dev.sextant.alerting.notify.Delivery;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.http.QueryRunner;
import java.util.List;

/** {@code /sextant/v1/alerts}, as {@code openapi.yaml} says. */
public final class AlertApi {
  private final AlertQueries queries;

  public AlertApi(AlertQueries queries) {
    this.queries = queries;
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    Route route = Route.builder().path("/sextant/v1/alerts").methods(HttpMethod.GET).build();
    return List.of(
        new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.SEXTANT, this::alerts)));
  }

  private HttpResponse alerts(Access access, Params params) {
    List<GroupStatus> groups = queries.groups(access);
    List<Delivery> deliveries = queries.deliveries(access);
    return JsonAnswer.ok(json -> AlertJson.groups(json, groups, deliveries));
  }
}
