package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of one service in a real browser; pictures are kept in target/screenshots. */
class ServiceIT {
  private static final List<String> TABS =
      List.of("operations", "calls", "errors", "neighbours", "instances", "versions");

  private static Browsing browsing;

  private Page page;

  @BeforeAll
  static void start() throws IOException {
    browsing = Browsing.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (browsing != null) {
      browsing.close();
    }
  }

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
  void failureOfATab_leavesTheRest() {
    page.route(
        "**/calls?*",
        route ->
            route.fulfill(
                new com.microsoft.playwright.Route.FulfillOptions()
                    .setStatus(422)
                    .setContentType("application/json")
                    .setBody(
                        "{\"error\":{\"code\":\"limit_exceeded\",\"message\":\"raise traces.query.max-spans\"}}")));
    browsing.go("/services/payments?tab=calls", "sx-service-calls [role=alert]");
    assertThat(page.locator("sx-service-calls")).containsText("traces.query.max-spans");
    assertThat(page.locator(".g3 sx-chart")).hasCount(3);
  }
}
