package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.alerting.Alert;
import dev.sextant.alerting.GroupStatus;
import dev.sextant.alerting.RuleStatus;
import dev.sextant.alerting.rule.Rule;
import dev.sextant.api.access.Access;
import dev.sextant.api.alert.AlertQueries;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.PromEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** Rules and active alerts. */
final class RuleEndpoints {
  private final AlertQueries queries;
  private final PromEngine engine;

  RuleEndpoints(AlertQueries queries, PromEngine engine) {
    this.queries = queries;
    this.engine = engine;
  }

  HttpResponse alerts(Access access, Params params) {
    List<Alert> active =
        queries.groups(access).stream()
            .flatMap(group -> group.rules().stream())
            .flatMap(rule -> rule.alerts().stream())
            .filter(RuleJson::isActive)
            .toList();
    return JsonAnswer.ok(
        json ->
            PromJson.success(
                json,
                out -> {
                  out.writeStartObject();
                  RuleJson.alerts(out, active);
                  out.writeEndObject();
                }));
  }

  /**
   * Groups with rules that the parameters select, in their files' order; {@code group_limit} of
   * them at a time.
   */
  HttpResponse rules(Access access, Params params) {
    int limit = groupLimit(params);
    Predicate<RuleStatus> wanted = wanted(params).and(matching(params));
    boolean withAlerts = !params.bool("exclude_alerts").orElse(false);
    List<GroupStatus> found = new ArrayList<>();
    for (GroupStatus group : from(queries.groups(access), params)) {
      List<RuleStatus> rules = group.rules().stream().filter(wanted).toList();
      boolean named =
          isAmong(params.all("rule_group[]"), group.group().name())
              && isAmong(params.all("file[]"), group.group().file());
      if (named && !rules.isEmpty()) {
        found.add(new GroupStatus(group.group(), rules));
      }
    }
    boolean cut = limit > 0 && found.size() > limit;
    List<GroupStatus> page = cut ? found.subList(0, limit) : found;
    String next = cut ? token(found.get(limit)) : "";
    return JsonAnswer.ok(
        json -> PromJson.success(json, out -> groups(out, page, withAlerts, next)));
  }

  private static int groupLimit(Params params) {
    if (params.text("group_limit").isEmpty()) {
      if (params.text("group_next_token").isPresent()) {
        throw PromParams.invalid(
            "group_next_token",
            "group_limit needs to be present in order to paginate over the groups");
      }
      return 0;
    }
    int limit = PromParams.limit(params, "group_limit", 0);
    if (limit == 0) {
      throw PromParams.invalid("group_limit", "group_limit needs to be greater than 0");
    }
    return limit;
  }

  /** By the labels that a rule adds, as they are written. */
  private Predicate<RuleStatus> matching(Params params) {
    List<List<Matcher>> selectors = Selectors.parameters(engine, params);
    return status -> {
      Labels labels = Labels.of(status.rule().labels());
      return selectors.isEmpty()
          || selectors.stream()
              .anyMatch(matchers -> matchers.stream().allMatch(it -> it.matches(labels)));
    };
  }

  private static Predicate<RuleStatus> wanted(Params params) {
    List<String> names = params.all("rule_name[]");
    Predicate<RuleStatus> type =
        switch (params.text("type").orElse("")) {
          case "" -> rule -> true;
          case "alert" -> rule -> rule.rule() instanceof Rule.Alerting;
          case "record" -> rule -> rule.rule() instanceof Rule.Recording;
          default ->
              throw PromParams.invalid(
                  "type", "not supported value \"" + Params.shown(params.required("type")) + '"');
        };
    return type.and(rule -> isAmong(names, rule.rule().name()));
  }

  private static boolean isAmong(List<String> names, String name) {
    return names.isEmpty() || names.contains(name);
  }

  private static List<GroupStatus> from(List<GroupStatus> groups, Params params) {
    String token = params.text("group_next_token").orElse("");
    for (int i = 0; i < groups.size(); i++) {
      if (token.isEmpty() || token.equals(token(groups.get(i)))) {
        return groups.subList(i, groups.size());
      }
    }
    if (token.isEmpty()) {
      return groups;
    }
    throw PromParams.invalid(
        "group_next_token", "no group has it; rule files may have changed, begin again without");
  }

  private static String token(GroupStatus group) {
    byte[] key = group.group().key().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  private static void groups(
      JsonGenerator json, List<GroupStatus> groups, boolean withAlerts, String next)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("groups");
    for (GroupStatus group : groups) {
      RuleJson.group(json, group, withAlerts);
    }
    json.writeEndArray();
    if (!next.isEmpty()) {
      json.writeStringField("groupNextToken", next);
    }
    json.writeEndObject();
  }
}
