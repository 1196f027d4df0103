package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.sextant.ui.fake.FakeService;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of one service in a real browser; pictures are kept in target/screenshots. */
class ServiceIT extends BrowserTest {
  private static final List<String> TABS =
      List.of("operations", "calls", "errors", "neighbours", "instances", "versions");

  private static final Route.FulfillOptions NOTHING =
      new Route.FulfillOptions()
          .setContentType("application/json")
          .setBody("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}");

  private Page page;

  @BeforeEach
  void open() {
    page = browsing.open(ColorScheme.LIGHT, "en-US");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-US, light", "DARK, zh-CN, zh-dark"})
  void everyTab_showsItsData(ColorScheme scheme, String locale, String name) {
    page = browsing.open(scheme, locale);
    for (String tab : TABS) {
      browsing.go(
          "/services/payments?tab=" + tab,
          tab.equals("instances") ? "[data-jvm=cpu] canvas" : "[role=tablist] ~ * tbody tr");
      page.waitForLoadState();
      browsing.picture("service-" + tab + "-" + name);
      assertThat(page.locator("[role=tab][aria-selected=true]")).hasAttribute("data-value", tab);
      assertThat(page.locator("body")).not().containsText(Pattern.compile("![a-z]+\\.[a-zA-Z.]+!"));
    }
    browsing.assertNoProblems();
  }

  @Test
  void tabs_areInTheAddress_andBackWorks() {
    browsing.go("/services/payments", "sx-service tbody tr");
    page.locator("[role=tab][data-value=errors]").click();
    assertThat(page).hasURL(Pattern.compile(".*tab=errors$"));
    assertThat(page.locator("[data-error='java.net.http.HttpTimeoutException']")).isVisible();
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("[data-side=callers] tbody tr").first()).isVisible();
    page.goBack();
    assertThat(page.locator("sx-service-errors")).isVisible();
    page.goBack();
    assertThat(page.locator("[data-value=operations]")).hasAttribute("aria-selected", "true");
    browsing.assertNoProblems();
  }

  @Test
  void calls_narrowByKindAndOperation_andLinkToTheirTraces() {
    browsing.go("/services/payments?tab=calls", "[data-call]");
    assertThat(page.locator("[data-call]")).hasCount(6);
    page.locator("[data-value=cache]").click();
    assertThat(page.locator("[data-call]")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile(".*kind=cache$"));
    page.locator("[data-value=operations]").click();
    Locator first = page.locator("sx-service tbody tr").first();
    first.locator("a").last().click();
    assertThat(page.locator("[data-call]")).hasCount(3);
    assertThat(page.locator("sx-service-calls .sel")).containsText("POST /payments");

    Locator link = page.locator("[data-call='shop.Inventory/Reserve'] a").first();
    assertThat(URLDecoder.decode(link.getAttribute("href"), StandardCharsets.UTF_8))
        .isEqualTo(
            "/traces?q={ resource.service.name = \"payments\" && span.db.system.name = \"grpc\" }");
    link.click();
    assertThat(page.locator("sx-query textarea")).hasValue(Pattern.compile(".*\"grpc\" }$"));
    browsing.assertNoProblems();
  }

  @Test
  void narrowWindow_hasNoSidewaysScroll() {
    page.setViewportSize(1024, 800);
    for (String tab : TABS) {
      browsing.go("/services/payments?tab=" + tab, "[role=tablist] ~ * tbody tr");
      assertThat(
              (boolean)
                  page.evaluate(
                      "document.querySelector('.main').scrollWidth <= document.querySelector('.main').clientWidth"))
          .as(tab)
          .isTrue();
    }
    browsing.picture("service-versions-1024");
  }

  @Test
  void exemplars_areLinksToTheirTraces_byMouseAndKeyboard() {
    browsing.go("/services/payments", "sx-service .exemplar");
    Locator dots = page.locator("sx-service .exemplar");
    assertThat(dots.first())
        .hasAttribute("href", Pattern.compile("/trace/.*span=a81f20c46be97d67"));
    assertThat(page.locator(".exemplar.above").first()).isVisible();
    dots.first().hover();
    assertThat(page.locator(".tip")).containsText("A click or Enter opens the trace");
    dots.first().focus();
    page.keyboard().press("ArrowRight");
    assertThat(dots.nth(1)).isFocused();
    assertThat(page.locator(".tip")).containsText("4f1c9e2ab7d04c3e8a55d1f0b6729c13");
    browsing.picture("service-exemplars");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*/trace/.*span=.*"));
    browsing.assertNoProblems();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-US, light", "DARK, zh-CN, zh-dark"})
  void operation_hasItsCriticalPathAndNetwork(ColorScheme scheme, String locale, String name) {
    page = browsing.open(scheme, locale);
    browsing.go("/services/payments?tab=calls&operation=POST+/payments", "[data-part]");
    page.locator("[data-call]").first().waitFor();
    browsing.picture("service-path-" + name);
    assertThat(page.locator("[data-part]")).hasCount(6);
    assertThat(page.locator("[data-part^=own]")).containsText("20.0 %");
    assertThat(page.locator("[data-network=callers]")).containsText("12 ms");
    assertThat(page.locator(".pathbar i")).hasCount(6);
    assertThat(page.locator("body")).not().containsText(Pattern.compile("![a-z]+\\.[a-zA-Z.]+!"));
    page.locator("[data-part^='span score'] a").last().click();
    assertThat(page.locator("sx-query textarea"))
        .hasValue("{ resource.service.name = \"fraud-check\" && name = \"score\" }");
    browsing.assertNoProblems();
  }

  @Test
  void calls_ofAllOperations_haveNoCriticalPath() {
    browsing.go("/services/payments?tab=calls", "[data-call]");
    assertThat(page.locator("[data-part]")).hasCount(0);
    page.locator("sx-service-calls .sel").click();
    page.locator("[role=menuitemradio]").nth(1).click();
    assertThat(page.locator("[data-part]").first()).isVisible();
    browsing.assertNoProblems();
  }

  @Test
  void failureOfExemplars_isSaidBesideTheChart() {
    page.route(
        "**/query_exemplars?*",
        route -> route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}")));
    browsing.go("/services/payments", "sx-service canvas");
    assertThat(page.locator("sx-service .g3"))
        .containsText("no traces on the chart: asking for them failed");
  }

  private void answerOfService(UnaryOperator<String> change) {
    page.route(
        Pattern.compile(".*/sextant/v1/services/payments\\?.*"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(change.apply(route.fetch().text()))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1440, 1024})
  void longNames_areCutAndNothingScrollsSideways(int width) {
    page.setViewportSize(width, 900);
    answerOfService(FakeService::longNamed);
    for (String tab : List.of("operations", "instances", "calls")) {
      browsing.go(
          "/services/payments?tab=" + tab + "&operation=" + "long".repeat(80),
          "[role=tablist] ~ * tbody tr");
      browsing.picture("service-long-" + tab + "-" + width);
      assertThat(
              (boolean)
                  page.evaluate(
                      "document.querySelector('.main').scrollWidth <= document.querySelector('.main').clientWidth"))
          .as(tab)
          .isTrue();
    }
    browsing.assertNoProblems();
  }

  @Test
  void failureOfTheService_isToldWithAWayOn() {
    page.route(
        Pattern.compile(".*/sextant/v1/services/payments\\?.*"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("application/json")
                    .setBody("{\"error\":{\"code\":\"busy\",\"message\":\"16 queries run\"}}")));
    browsing.go("/services/payments", "sx-service [role=alert]");
    assertThat(page.locator("sx-service [role=alert]")).containsText("16 queries run");
    browsing.picture("service-failed");
    browsing.go("/services/nobody", "sx-service .empty");
    browsing.picture("service-missing");
    assertThat(page.locator("sx-service .empty a")).hasAttribute("href", "/services");
  }

  @Test
  void threeMinutesOfData_areALineAndADot() {
    answerOfService(FakeService::young);
    browsing.go("/services/payments", "sx-service canvas");
    browsing.picture("service-young");
    assertThat(
            (int)
                page.evaluate(
                    "document.querySelectorAll('.g3 sx-chart')[1].chart.getOption().series[1].data.length"))
        .isEqualTo(1);
    browsing.assertNoProblems();
  }

  @Test
  void noJvmMetrics_saysWhatToDo() {
    page.route(Pattern.compile(".*/query_range.*"), route -> route.fulfill(NOTHING));
    browsing.go("/services/payments?tab=instances", "sx-service-instances .cm");
    assertThat(page.locator("sx-service-instances"))
        .containsText("java -javaagent:sextant-agent.jar -Dotel.service.name=payments");
    assertThat(page.locator("sx-service-instances .cm")).hasCount(2);
    browsing.picture("service-no-jvm");
    browsing.assertNoProblems();
  }

  @Test
  void instances_haveTheirNewestFiguresWithUnits() {
    browsing.go("/services/payments?tab=instances", "[data-figure=heap]");
    Locator first = page.locator("sx-service-instances tbody tr").first();
    assertThat(first.locator("[data-figure=heap]")).containsText("MiB");
    assertThat(first.locator("[data-figure=gc]")).containsText("%");
    assertThat(first.locator("[data-figure=threads]")).hasText(Pattern.compile("^[0-9]+$"));
    assertThat(first.locator("[data-figure=cpu]")).containsText("%");
  }

  @Test
  void failureOfATab_leavesTheRest() {
    page.route(
        "**/calls?*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(422)
                    .setContentType("application/json")
                    .setBody(
                        "{\"error\":{\"code\":\"limit_exceeded\",\"message\":\"raise traces.query.max-spans\"}}")));
    browsing.go("/services/payments?tab=calls", "sx-service-calls [role=alert]");
    assertThat(page.locator("sx-service-calls")).containsText("traces.query.max-spans");
    assertThat(page.locator(".g3 sx-chart")).hasCount(3);
  }
}
