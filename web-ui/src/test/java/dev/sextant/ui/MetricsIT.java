package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exemplars and young data on the page of metrics in a real browser. */
class MetricsIT extends BrowserTest {
  private Page page;

  @BeforeEach
  void open() {
    page = browsing.open(ColorScheme.DARK, "en-US");
  }

  private void ask(String expression) {
    browsing.go(
        "/metrics?expr=" + URLEncoder.encode(expression, StandardCharsets.UTF_8),
        "sx-result canvas");
  }

  private double height(int exemplar) {
    return page.locator(".exemplar").nth(exemplar).boundingBox().y;
  }

  @Test
  void exemplarsOfAQuantile_standAtTheirValue_andOpenTheirTrace() {
    ask("histogram_quantile(0.95, sum by (le, service) (rate(latency_bucket[5m])))");
    page.locator(".exemplar").first().waitFor();
    browsing.picture("metrics-exemplars-dark");
    assertThat(page.locator("sx-result .ph")).containsText("dots are traces");
    assertThat(height(0)).isNotEqualTo(height(2));
    page.locator(".exemplar").first().click();
    assertThat(page).hasURL(Pattern.compile(".*/trace/4f1c9e2ab7d04c3e8a55d1f0b6729c13.*"));
    browsing.assertNoProblems();
  }

  @Test
  void exemplarsOfARate_standAtTheFoot() {
    ask("sum by (service) (rate(latency_bucket[5m]))");
    page.locator(".exemplar").first().waitFor();
    assertThat(page.locator("sx-result .ph")).containsText("dots at the foot are traces");
    assertThat(height(0)).isEqualTo(height(2));
  }

  @Test
  void legend_narrowsExemplarsToItsSeries() {
    ask("histogram_quantile(0.95, sum by (le, service) (rate(latency_bucket[5m])))");
    page.locator(".exemplar").first().waitFor();
    int all = page.locator(".exemplar").count();
    page.locator(".legend button").filter(named("fraud-check")).click();
    assertThat(page.locator(".exemplar")).hasCount(0);
    page.locator(".legend button").filter(named("payments")).click();
    page.locator(".exemplar").first().waitFor();
    assertThat(page.locator(".exemplar").count()).isBetween(1, all - 1);
    browsing.assertNoProblems();
  }

  private static com.microsoft.playwright.Locator.FilterOptions named(String text) {
    return new com.microsoft.playwright.Locator.FilterOptions().setHasText(text);
  }

  @Test
  void failureOfExemplars_leavesTheChart() {
    page.route(
        Pattern.compile(".*/query_exemplars.*"),
        route -> route.fulfill(new Route.FulfillOptions().setStatus(500).setBody("{}")));
    ask("histogram_quantile(0.95, latency_bucket)");
    assertThat(page.locator("sx-result .ph"))
        .containsText("no traces on the chart: asking for them failed");
  }

  @Test
  void singleSample_isADot() {
    page.route(
        Pattern.compile(".*/query_range.*"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"job\":\"a\"},\"values\":[[%d,\"5\"]]}]}}"
                            .formatted(System.currentTimeMillis() / 1000 - 600))));
    ask("up");
    assertThat(
            (int)
                page.evaluate(
                    "document.querySelector('sx-chart').chart.getOption().series.at(-1).data.length"))
        .isEqualTo(1);
    browsing.picture("metrics-single-dark");
    browsing.assertNoProblems();
  }
}
