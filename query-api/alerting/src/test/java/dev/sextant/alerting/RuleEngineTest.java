package dev.sextant.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.alerting.notify.Delivery;
import dev.sextant.alerting.notify.Notifier;
import dev.sextant.alerting.notify.Receiver;
import dev.sextant.alerting.rule.RuleFile;
import dev.sextant.alerting.rule.RuleGroup;
import dev.sextant.metrics.model.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleEngineTest {
  private static final String RULES =
      """
      groups:
        - name: shop
          interval: 10s
          rules:
            - alert: TooManyErrors
              expr: errors > 0.02
              for: 20s
              labels: {severity: critical}
              annotations:
                summary: "{{ $labels.service }} fails {{ $value | humanizePercentage }}"
            - record: shop:errors
              expr: errors
              labels: {team: shop}
      """;

  private final Map<Labels, Double> written = new java.util.HashMap<>();
  private List<RuleQuery.Sample> answer = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private WebhookCatcher hook;
  private Notifier notifier;
  @TempDir private Path dir;

  @BeforeEach
  void startHook() throws IOException {
    hook = new WebhookCatcher();
    notifier = newNotifier();
  }

  @AfterEach
  void stopHook() {
    hook.close();
  }

  private Notifier newNotifier() {
    Receiver receiver = new Receiver("chat", hook.url(), "", Map.of("X-Token", "canary"), true);
    return new Notifier(List.of(receiver), "http://localhost:8080", () -> now);
  }

  private RuleEngine engine() {
    RuleQuery query =
        new RuleQuery() {
          @Override
          public List<Sample> query(String expression, long timeMillis) {
            return answer;
          }

          @Override
          public void check(String expression) {}
        };
    List<RuleGroup> groups = RuleFile.read("shop.yaml", RULES, Duration.ofMinutes(1), query::check);
    return new RuleEngine(
        groups,
        query,
        (time, samples) -> samples.forEach(each -> written.put(each.labels(), each.value())),
        notifier,
        dir.resolve("alerts.json"),
        () -> now);
  }

  private void failing() {
    answer =
        List.of(new RuleQuery.Sample(Labels.of("__name__", "errors", "service", "orders"), 0.0461));
  }

  private void pass(RuleEngine engine, int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      engine.tick();
      notifier.deliver();
    }
  }

  private static Alert only(RuleEngine engine) {
    List<Alert> alerts = engine.status().getFirst().rules().getFirst().alerts();
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }

  @Test
  void alert_goesFromPendingToFiringToResolved_andTheWebhookHearsOfBoth() {
    RuleEngine engine = engine();
    failing();
    pass(engine, 11);
    assertThat(only(engine).state()).isEqualTo(Alert.State.PENDING);
    assertThat(hook.bodies()).isEmpty();

    pass(engine, 30);
    assertThat(only(engine).state()).isEqualTo(Alert.State.FIRING);
    assertThat(only(engine).annotations()).containsEntry("summary", "orders fails 4.61%");
    assertThat(hook.bodies()).hasSize(1);
    assertThat(hook.bodies().getFirst())
        .contains(
            "\"version\":\"4\"",
            "\"status\":\"firing\"",
            "\"severity\":\"critical\"",
            "orders fails 4.61%");
    assertThat(hook.headers().getFirst()).containsEntry("X-token", "canary");

    answer = List.of();
    pass(engine, 11);
    assertThat(only(engine).state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(hook.bodies()).hasSize(2);
    assertThat(hook.bodies().getLast()).contains("\"status\":\"resolved\"");
  }

  @Test
  void alert_goneBeforeItsTime_neverFires() {
    RuleEngine engine = engine();
    failing();
    pass(engine, 11);
    answer = List.of();
    pass(engine, 60);

    assertThat(engine.status().getFirst().rules().getFirst().alerts()).isEmpty();
    assertThat(hook.bodies()).isEmpty();
  }

  @Test
  void restart_keepsPendingTimeAndDoesNotTellTwice() {
    RuleEngine first = engine();
    failing();
    pass(first, 40);
    long activeAt = only(first).activeAtMillis();
    assertThat(hook.bodies()).hasSize(1);

    notifier = newNotifier();
    RuleEngine second = engine();
    assertThat(only(second).state()).isEqualTo(Alert.State.FIRING);
    pass(second, 20);

    assertThat(only(second).activeAtMillis()).isEqualTo(activeAt);
    assertThat(hook.bodies()).hasSize(1);
  }

  @Test
  void restart_tellsWhatCouldNotBeTold() {
    hook.answer(503);
    failing();
    pass(engine(), 40);
    int tries = hook.bodies().size();
    assertThat(tries).isPositive();

    hook.answer(200);
    notifier = newNotifier();
    pass(engine(), 1);

    assertThat(hook.bodies()).hasSize(tries + 1);
    assertThat(notifier.deliveries().getFirst().outcome()).isEqualTo(Delivery.Outcome.DELIVERED);
  }

  @Test
  void webhook_thatFails_isTriedAgainUntilItAnswers() {
    RuleEngine engine = engine();
    hook.answer(500);
    failing();
    pass(engine, 40);
    assertThat(notifier.deliveries().getFirst().outcome()).isEqualTo(Delivery.Outcome.RETRYING);
    hook.answer(200);
    pass(engine, 300);

    assertThat(notifier.deliveries().getFirst().outcome()).isEqualTo(Delivery.Outcome.DELIVERED);
    long taken =
        notifier.deliveries().stream()
            .filter(it -> it.outcome() == Delivery.Outcome.DELIVERED)
            .count();
    assertThat(taken).isEqualTo(1);
  }

  @Test
  void webhook_thatRefuses_isNotAskedAgain() {
    RuleEngine engine = engine();
    hook.answer(400);
    failing();
    pass(engine, 100);

    assertThat(hook.bodies()).hasSize(1);
    assertThat(notifier.deliveries().getFirst().outcome()).isEqualTo(Delivery.Outcome.FAILED);
    assertThat(notifier.dropped()).isEqualTo(1);
  }

  @Test
  void firing_isToldAgainAfterFourHours() {
    RuleEngine engine = engine();
    failing();
    pass(engine, 40);
    now = now.plus(Duration.ofHours(4));
    pass(engine, 2);

    assertThat(hook.bodies()).hasSize(2);
  }

  @Test
  void recording_writesItsSeriesAndMarksItStaleWhenItEnds() {
    RuleEngine engine = engine();
    failing();
    pass(engine, 11);
    Labels recorded = Labels.of("__name__", "shop:errors", "service", "orders", "team", "shop");
    assertThat(written).containsEntry(recorded, 0.0461);

    answer = List.of();
    pass(engine, 11);
    assertThat(Double.doubleToRawLongBits(written.get(recorded))).isEqualTo(0x7ff0000000000002L);
  }

  @Test
  void damagedStateFile_isPutAside() throws IOException {
    Files.writeString(dir.resolve("alerts.json"), "[{broken");
    RuleEngine engine = engine();
    failing();
    pass(engine, 11);

    assertThat(dir.resolve("alerts.json.damaged")).exists();
    assertThat(only(engine).state()).isEqualTo(Alert.State.PENDING);
  }
}
