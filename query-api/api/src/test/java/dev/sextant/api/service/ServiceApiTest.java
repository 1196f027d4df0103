package dev.sextant.api.service;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import dev.sextant.metrics.model.Labels;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceApiTest {
  private static final long HOUR = 3_600_000;
  private static final Offset<Double> EXACT = within(1e-9);
  private static final String ODD = "team/näme \"x\"\\";
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    api.apply(
        new DerivedSeries()
            .served("shop", "GET /a", 2 * HOUR, age -> 30, age -> 0)
            .served("shop", "GET /b", 2 * HOUR, age -> 15, age -> 0)
            .durations("shop", "GET /a", 2 * HOUR, "0", "0.1", age -> 30)
            .served("cart", "POST", 2 * HOUR, age -> 27, age -> age < HOUR / 2 ? 3 : 0)
            .served("slow", "GET", 2 * HOUR, age -> 10, age -> 0)
            .durations("slow", "GET", 2 * HOUR, "0", "0.1", age -> age >= HOUR ? 10 : 0)
            .durations("slow", "GET", 2 * HOUR, "0.4", "0.8", age -> age >= HOUR ? 0 : 10)
            .served(ODD, "GET", HOUR / 2, age -> 15, age -> 0)
            .served("new", "GET", 10 * 60_000, age -> 15, age -> 0)
            .clientSpans("robot")
            .gauge(info("eu/shop", "a", "1.0"), 1, HOUR, 60_000)
            .gauge(info("eu/shop", "b", "0.9"), 1, HOUR, 600_000)
            .gauge(info(ODD, "o", "1"), 1, HOUR, 0)
            .gauge(Labels.of("__name__", "target_info", "instance", "u1"), 1, HOUR, 0)
            .gauge(up("n1"), 1, HOUR, 0)
            .gauge(up("n2"), 0, HOUR, 0)
            .gauge(up("n3"), 1, HOUR, 20 * 60_000)
            .build());
  }

  private static Labels info(String job, String instance, String version) {
    return Labels.of(
        "__name__", "target_info", "job", job, "instance", instance, "service_version", version);
  }

  private static Labels up(String instance) {
    return Labels.of("__name__", "up", "job", "node", "instance", instance);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static JsonNode services(String parameters) {
    var answer = api.get("/sextant/v1/services" + parameters);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode row(String name) {
    return StreamSupport.stream(services("").at("/services").spliterator(), false)
        .filter(row -> row.at("/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void services_areWorstFirstThenByName() {
    assertThat(services("").at("/services").findValuesAsText("name"))
        .containsExactly("cart", "slow", "new", "shop", ODD, "node", "robot", "unknown_service");
  }

  @Test
  void row_healthy_hasRedFiguresAndSparklines() {
    JsonNode shop = row("shop");

    assertThat(shop.at("/health").asText()).isEqualTo("healthy");
    assertThat(shop.at("/problems")).isEmpty();
    assertThat(shop.at("/rate").asDouble()).isCloseTo(3, EXACT);
    assertThat(shop.at("/errorShare").asDouble()).isZero();
    assertThat(shop.at("/p50").asDouble()).isCloseTo(0.05, EXACT);
    assertThat(shop.at("/p95").asDouble()).isCloseTo(0.095, EXACT);
    assertThat(shop.at("/p99").asDouble()).isCloseTo(0.099, EXACT);
    assertThat(shop.at("/rateSeries/stepMillis").asLong()).isEqualTo(90_000);
    assertThat(shop.at("/rateSeries/startMillis").asLong()).isEqualTo(NOW_MILLIS - 39 * 90_000);
    assertThat(shop.at("/rateSeries/values")).hasSize(40);
    assertThat(shop.at("/rateSeries/values/39").asDouble()).isCloseTo(3, EXACT);
    assertThat(shop.at("/p95Series/values/0").asDouble()).isCloseTo(0.095, EXACT);
  }

  @Test
  void row_failing_isCriticalSinceItBegan() {
    JsonNode cart = row("cart");

    assertThat(cart.at("/health").asText()).isEqualTo("critical");
    // Half an hour with 3 of 30 failed, half an hour with none of 27.
    assertThat(cart.at("/errorShare").asDouble()).isCloseTo(3.0 / 57, within(1e-3));
    assertThat(cart.at("/problems/0/severity").asText()).isEqualTo("critical");
    assertThat(cart.at("/problems/0/text").asText()).isEqualTo("Errors 5.3 %");
    assertThat(cart.at("/problems/0/sinceMillis").asLong())
        .isBetween(NOW_MILLIS - HOUR / 2 - 90_000, NOW_MILLIS - HOUR / 2 + 90_000);
    assertThat(cart.at("/errorSeries/values/0").asDouble()).isZero();
    assertThat(cart.at("/errorSeries/values/39").asDouble()).isCloseTo(0.1, EXACT);
  }

  @Test
  void row_slowerThanBefore_isAWarning() {
    JsonNode slow = row("slow");

    assertThat(slow.at("/health").asText()).isEqualTo("warning");
    assertThat(slow.at("/problems/0/severity").asText()).isEqualTo("warning");
    assertThat(slow.at("/problems/0/text").asText()).isEqualTo("p95 8× the range before");
  }

  @Test
  void row_partlyCoveredRange_hasItsTrueRate() {
    JsonNode odd = row(ODD);

    assertThat(odd.at("/rate").asDouble()).isCloseTo(1, within(1e-3));
    assertThat(odd.at("/rateSeries/values/0").isNull()).isTrue();
    assertThat(odd.at("/rateSeries/values/39").asDouble()).isCloseTo(1, EXACT);
  }

  @Test
  void row_withoutServedCalls_hasNoFigures() {
    JsonNode robot = row("robot");

    assertThat(robot.at("/health").asText()).isEqualTo("nodata");
    assertThat(robot.at("/rate").isNull()).isTrue();
    assertThat(robot.at("/errorShare").isNull()).isTrue();
    assertThat(robot.at("/p95").isNull()).isTrue();
    assertThat(api.get("/sextant/v1/services/robot").status()).isEqualTo(200);
  }

  @Test
  void instances_haveTheirLastSignOfLife() {
    JsonNode shop = row("shop");
    JsonNode list = api.get("/sextant/v1/services/shop").json().at("/instanceList");

    assertThat(shop.at("/instances").toString()).isEqualTo("{\"up\":1,\"down\":0,\"vanished\":1}");
    assertThat(shop.at("/version").asText()).isEqualTo("1.0");
    assertThat(shop.at("/lastSeenMillis").asLong()).isEqualTo(NOW_MILLIS - 60_000);
    assertThat(list.toString())
        .isEqualTo(
            "[{\"id\":\"a\",\"state\":\"up\",\"lastSeenMillis\":%d,\"version\":\"1.0\"},"
                    .formatted(NOW_MILLIS - 60_000)
                + "{\"id\":\"b\",\"state\":\"vanished\",\"lastSeenMillis\":%d,\"version\":\"0.9\"}]"
                    .formatted(NOW_MILLIS - 600_000));
  }

  @Test
  void instances_thatNameNoService_areOfTheUnknownOne() {
    assertThat(row("unknown_service").at("/instances/up").asInt()).isEqualTo(1);
    JsonNode list = api.get("/sextant/v1/services/unknown_service").json().at("/instanceList");
    assertThat(list.findValuesAsText("id")).containsExactly("u1");
  }

  @Test
  void instances_ofScrapes_areUpDownOrVanished() {
    assertThat(row("node").at("/instances").toString())
        .isEqualTo("{\"up\":1,\"down\":1,\"vanished\":1}");
    assertThat(row("node").at("/health").asText()).isEqualTo("nodata");
  }

  @Test
  void service_specialCharacters_areFoundByTheirEncodedName() {
    var answer = api.get("/sextant/v1/services/team%2Fn%C3%A4me%20%22x%22%5C");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/name").asText()).isEqualTo(ODD);
    assertThat(answer.json().at("/rate").asDouble()).isCloseTo(1, within(1e-3));
    assertThat(answer.json().at("/instanceList/0/id").asText()).isEqualTo("o");
  }

  @Test
  void service_operations_areMostCalledFirst() {
    JsonNode operations = api.get("/sextant/v1/services/shop").json().at("/operations");

    assertThat(operations.findValuesAsText("name")).containsExactly("GET /a", "GET /b");
    assertThat(operations.at("/0/rate").asDouble()).isCloseTo(2, EXACT);
    assertThat(operations.at("/0/p50").asDouble()).isCloseTo(0.05, EXACT);
    assertThat(operations.at("/1/p50").isNull()).isTrue();
  }

  @Test
  void service_young_hasLinesInNarrowSteps() {
    String hours = "?from=" + (NOW_MILLIS - 3 * HOUR) + "&to=" + NOW_MILLIS;
    JsonNode young = api.get("/sextant/v1/services/new" + hours).json().at("/rateSeries");
    JsonNode old = api.get("/sextant/v1/services/shop" + hours).json().at("/rateSeries");

    assertThat(old.at("/stepMillis").asLong()).isEqualTo(270_000);
    assertThat(young.at("/stepMillis").asLong()).isEqualTo(45_000);
    int last = young.at("/values").size() - 1;
    assertThat(young.at("/startMillis").asLong() + last * 45_000L).isEqualTo(NOW_MILLIS);
    assertThat(young.at("/startMillis").asLong()).isGreaterThanOrEqualTo(NOW_MILLIS - 3 * HOUR);
    assertThat(young.at("/values/" + last).asDouble()).isCloseTo(1, within(1e-3));
    assertThat(StreamSupport.stream(young.at("/values").spliterator(), false))
        .filteredOn(value -> !value.isNull())
        .hasSizeGreaterThan(10);
  }

  @Test
  void service_unknown_is404() {
    var answer = api.get("/sextant/v1/services/nobody");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().at("/error/message").asText())
        .isEqualTo("nothing was heard of a service 'nobody' in this range");
  }

  @Test
  void services_emptyRange_hasNoneAndNullFigures() {
    JsonNode none = services("?from=0&to=3600000");

    assertThat(none.at("/services")).isEmpty();
    assertThat(none.at("/overview/requests/values/0").isNull()).isTrue();
  }

  @Test
  void overview_isAllServicesOverSixTimesTheRange() {
    JsonNode requests = services("").at("/overview/requests");
    JsonNode errors = services("").at("/overview/errors");
    int last = requests.at("/values").size() - 1;

    assertThat(requests.at("/startMillis").asLong()).isEqualTo(NOW_MILLIS - 119 * 180_000);
    assertThat(last).isEqualTo(119);
    // shop 3, cart 2, slow 2/3, odd 1, new 1
    assertThat(requests.at("/values/" + last).asDouble()).isCloseTo(7 + 2.0 / 3, EXACT);
    assertThat(requests.at("/values/0").isNull()).isTrue();
    assertThat(errors.at("/values/" + last).asDouble()).isCloseTo(0.2, EXACT);
    assertThat(errors.at("/values/0").isNull()).isTrue();
  }

  @Test
  void services_wrongRange_isNamed() {
    var answer = api.get("/sextant/v1/services?from=yesterday");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText()).startsWith("parameter 'from' is");
  }
}
