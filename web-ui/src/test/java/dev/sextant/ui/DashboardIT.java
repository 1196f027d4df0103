package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sextant.ui.fake.FakeApi;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page in a real browser, over made-up data; pictures are kept in target/screenshots. */
class DashboardIT extends BrowserTest {
  private static final String TRACE = "4f1c9e2ab7d04c3e8a55d1f0b6729c13";

  private static FakeApi api;
  private Page page;

  @BeforeAll
  static void start() {
    api = browsing.api();
  }

  @BeforeEach
  void open() {
    api.beEmpty(false);
    use(ColorScheme.LIGHT, "en-US", 1440);
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void everyPage_showsItsDataInBothSchemes(ColorScheme scheme) {
    use(scheme, "en-US", 1440);
    visit("services", "/services", "tr[data-service=payments]");
    visit("service", "/services/payments?tab=instances", "text=payments-7c9d-x0");
    visit("topology", "/topology?node=payments", "[data-node=payments]");
    visit("traces", "/traces", "text=478 traces");
    visit("trace", "/trace/" + TRACE + "?span=a81f20c46be97d67", "text=HttpTimeoutException");
    visit("logs", "/logs?line=899998", ".ex-line");
    visit("metrics", "/metrics?expr=rate(x_seconds_bucket[5m])", ".legend tbody tr");
    visit("alerts", "/alerts", "text=connection refused");
    visit("settings", "/settings", "text=Spans received");

    assertNoProblems();
  }

  @ParameterizedTest
  @CsvSource({
    "services,/services,tr[data-service=payments]",
    "trace,/trace/" + TRACE + ",.wr",
    "traces,/traces?q={+traceDuration+>+1s+},sx-trace-compare li",
    "trace-flame,/trace/" + TRACE + "?tab=flame,.fl",
    "logs,/logs,.lr",
    "topology,/topology?node=orders,[data-node=orders]"
  })
  void narrowWindow_hasNoSidewaysScroll(String name, String path, String selector) {
    use(ColorScheme.LIGHT, "en-US", 1024);
    visit(name + "-1024", path, selector);

    assertThat(browsing.isTooWide()).isFalse();
    assertNoProblems();
  }

  @Test
  void overview_barsEndWhereTheRangeEnds() {
    use(ColorScheme.LIGHT, "en-US", 1440);
    visit("services-overview", "/services", "sx-overview .sel-r");
    double apart =
        ((Number)
                page.evaluate(
                    """
                    () => {
                      const right = (r) => r.getBoundingClientRect().right;
                      const bars = [...document.querySelectorAll('sx-overview rect[style]')].map(right);
                      return Math.max(...bars) - right(document.querySelector('sx-overview .sel-r'));
                    }"""))
            .doubleValue();
    assertThat(apart).isBetween(-12.0, 2.0);
  }

  @Test
  void chinese_isSpokenByFlowAndByTheComponents() {
    use(ColorScheme.LIGHT, "zh-CN", 1440);
    visit("services-zh", "/services", "tr[data-service=payments]");

    assertThat(page.locator(".nav a.on")).hasText("服务");
    assertThat(page.locator("sx-overview h2")).hasText("请求数，全部服务");
    assertThat(page).hasTitle("服务 · Sextant");
    assertThat(page.locator("body")).not().containsText(Pattern.compile("![a-z]+\\.[a-z.]+!"));
  }

  @Test
  void foreignText_staysText() {
    for (String path :
        List.of(
            "/services",
            "/services/payments",
            "/traces",
            "/trace/" + TRACE + "?span=a81f20c46be97d67",
            "/logs?field=service.version=x",
            "/metrics?expr=up",
            "/alerts")) {
      go(path, ".main > * *");
      page.waitForLoadState();
      assertThat(page.locator("img[src=x]")).hasCount(0);
      assertThat(page.locator("a[href^='javascript']")).hasCount(0);
    }
    go("/services", "tr[data-service]");
    page.locator("tr[data-service^='<img'] a").click();
    assertThat(page.locator("h1")).hasText(Pattern.compile("^<img src=x .*</img>$"));
    assertThat(page.locator("h2:text('Operations')")).isVisible();
    assertThat(page.locator("img[src=x]")).hasCount(0);

    assertThat(page.evaluate("window.hacked")).isNull();
  }

  @Test
  void firstRun_turnsGreenByItself() {
    api.beEmpty(true);
    visit("empty", "/services", "text=-javaagent:");
    assertThat(page.locator("[data-signal=logs]")).containsText("Waiting");

    api.receiveLine();

    assertThat(page.locator("[data-signal=logs]")).containsText("1 line received");
    browsing.picture("empty-received-light");
    api.beEmpty(false);
    page.keyboard().press("r");
    assertThat(page.locator("tr[data-service=payments]")).isVisible();
  }

  @Test
  void address_isTheWholeState() {
    go("/services", "tr[data-service=payments]");
    page.locator(".seg button[data-value=critical]").click();
    assertThat(page.locator("tr[data-service]")).hasCount(2);
    page.locator("#sx-range").click();
    page.locator("[data-range='15m']").click();
    assertThat(page).hasURL(Pattern.compile(".*health=critical&from=now-15m$"));
    assertThat(page.locator(".nav a[title=Logs]")).hasAttribute("href", "/logs?from=now-15m");
    String address = page.url();

    page.goBack();
    assertThat(page).hasURL(Pattern.compile(".*health=critical$"));
    page.goBack();
    assertThat(page.locator("tr[data-service]")).hasCount(13);

    page.navigate(address);
    assertThat(page.locator("tr[data-service]")).hasCount(2);
    assertThat(page.locator("#sx-range")).containsText("Last 15 minutes");
  }

  @Test
  void back_leadsThroughPagesAndTheirStates() {
    go("/services", "tr[data-service=payments]");
    page.locator(".seg button[data-value=warning]").click();
    page.locator("tr[data-service=inventory]").click();
    assertThat(page.locator("h1")).hasText("inventory");
    page.locator(".nav a[title=Topology]").click();
    page.locator("[data-node=orders] .nn").click();
    assertThat(page.locator("sx-node h2")).hasText("orders");

    page.goBack();
    assertThat(page.locator("sx-node")).isHidden();
    page.goBack();
    assertThat(page.locator("h1")).hasText("inventory");
    page.goBack();
    assertThat(page.locator("tr[data-service]")).hasCount(2);
    page.goForward();
    assertThat(page.locator("h1")).hasText("inventory");
    assertNoProblems();
  }

  @Test
  void keys_leadEverywhere() {
    go("/services", "tr[data-service=payments]");
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open]")).containsText("Everywhere");
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog[open]")).hasCount(0);
    page.keyboard().press("g");
    page.keyboard().press("l");
    assertThat(page).hasURL(Pattern.compile(".*/logs$"));
    assertThat(page.locator(".lr").first()).isVisible();
    page.keyboard().press("/");
    page.keyboard().type("northpay");
    page.keyboard().press("Enter");

    assertThat(page).hasURL(Pattern.compile(".*/logs\\?text=northpay$"));
    assertThat(page.locator("mark").first()).hasText("northpay");
  }

  @Test
  void pastedTraceId_leadsToTheTrace() {
    go("/services", "tr[data-service=payments]");
    page.locator("#sx-search").fill(TRACE);
    page.locator("#sx-search").press("Enter");

    assertThat(page.locator("h1")).hasText("POST /api/orders");
  }

  @Test
  void logs_scrollOnToTheNextPagesAndOpenALine() {
    go("/logs", ".lr");
    int before = (int) page.locator(".sizer").evaluate("s => s.offsetHeight");
    page.locator(".lrs").evaluate("view => { view.scrollTop = view.scrollHeight; }");
    page.waitForFunction(
        "before => document.querySelector('.sizer').offsetHeight > before", before);
    assertThat(page.locator(".lr").count()).isLessThan(100);

    page.locator(".lrs").evaluate("view => { view.scrollTop = 0; }");
    page.locator(".lr[data-line='900000']").click();
    page.locator(".ex-line a:has-text('Go to trace')").click();
    assertThat(page.locator("h1")).hasText("POST /api/orders");
  }

  @Test
  void logs_filterByAFieldsValue() {
    go("/logs", ".fv");
    page.locator(".fv:has-text('payments') button").first().click();

    assertThat(page).hasURL(Pattern.compile(".*service=payments$"));
    page.locator(".chip button").click();
    assertThat(page).hasURL(Pattern.compile(".*/logs$"));
  }

  @Test
  void metrics_underlineTheErrorAndKeepTheOthersResult() {
    go("/metrics?expr=up&expr=sum(rate(x%5B5+minutes%5D))", ".legend");

    assertThat(page.locator(".k-err")).hasText("minutes");
    assertThat(page.locator(".qerr").nth(1)).containsText("a duration is a number and a unit");
    assertThat(page.locator("sx-result")).hasCount(1);
    page.locator(".legend button:has-text('orders')").click();
    assertThat(page.locator(".legend tr.on")).hasCount(1);
    page.locator(".seg button[data-value=table]").click();
    assertThat(page.locator("sx-result table")).containsText("{service=\"payments\"}");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-US", "DARK, zh-CN"})
  void metrics_completeByKeyboard(ColorScheme scheme, String locale) {
    use(scheme, locale, 1440);
    String shot = "complete-" + (scheme == ColorScheme.DARK ? "zh-dark" : "light");
    go("/metrics", "sx-query textarea");
    Locator box = page.locator("sx-query textarea");
    Locator chosen = page.locator(".ac li.on");

    box.pressSequentially("ra");
    assertThat(chosen).containsText("rate");
    assertThat(page.locator(".ach")).hasText("rate(range)");
    browsing.picture(shot + "-function");
    page.keyboard().press("Tab");
    assertThat(box).hasValue("rate()");
    box.pressSequentially("http");
    page.keyboard().press("ArrowDown");
    assertThat(chosen).containsText("http_server_request_duration_seconds_count");
    assertThat(page.locator(".ach")).hasText("Duration of requests");
    browsing.picture(shot + "-metric");
    page.keyboard().press("Enter");
    box.pressSequentially("{");
    assertThat(page.locator(".ac li"))
        .hasText(new Pattern[] {starts("job"), starts("le"), starts("service")});
    box.pressSequentially("se");
    page.keyboard().press("Tab");
    assertThat(chosen).containsText("fraud-check");
    browsing.picture(shot + "-value");
    box.pressSequentially("pay");
    page.keyboard().press("Tab");
    box.pressSequentially("}[");
    page.keyboard().press("Control+Space");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Tab");
    box.pressSequentially("]");

    assertThat(box)
        .hasValue("rate(http_server_request_duration_seconds_count{service=\"payments\"}[5m])");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*expr=rate.*"));
    assertThat(page.locator(".ac")).hasCount(0);
    assertNoProblems();
  }

  @Test
  void metrics_completionIsLeftByEscapeAndOffersNothingInTexts() {
    go("/metrics", "sx-query textarea");
    Locator box = page.locator("sx-query textarea");

    box.pressSequentially("sum by (");
    assertThat(page.locator(".ac li").first()).containsText("instance");
    page.keyboard().press("Escape");
    assertThat(page.locator(".ac")).hasCount(0);
    assertThat(box).hasAttribute("aria-expanded", "false");
    box.pressSequentially("job) (label_replace(up, \"ser");
    assertThat(page.locator(".ac")).hasCount(0);
    assertNoProblems();
  }

  private static Pattern starts(String text) {
    return Pattern.compile("^." + text);
  }

  @Test
  void failure_saysWhatToDoAndKeepsTheLastResult() {
    go("/trace/ffffffffffffffffffffffffffffffff", "text=No such trace");
    go("/services", "tr[data-service=payments]");
    page.route(
        "**/sextant/v1/services*",
        route ->
            route.fulfill(
                new com.microsoft.playwright.Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("application/json")
                    .setBody(
                        "{\"error\":{\"code\":\"unavailable\",\"message\":\"the metrics store is behind; wait 5 s\"}}")));
    page.keyboard().press("r");

    assertThat(page.locator(".notice").first()).containsText("the metrics store is behind");
    assertThat(page.locator("tr[data-service=payments]")).isVisible();
    page.reload();
    assertThat(page.locator("[role=alert]")).containsText("the metrics store is behind");
  }

  @Test
  void theme_isKeptAndChangesWithoutReload() {
    go("/settings", "vaadin-select");
    page.locator("vaadin-select").nth(1).click();
    page.locator("vaadin-select-item:has-text('Dark')").first().click();

    assertThat(page.locator("html")).hasClass(Pattern.compile("dark"));
    page.reload();
    assertThat(page.locator("html")).hasClass(Pattern.compile("dark"));
  }

  @Test
  void login_leadsWhereOneWantedToGo() throws IOException {
    try (Dashboard locked =
        Dashboard.start(DashboardOptions.loopback(0, api.address()), new FakeAccess(false))) {
      page.navigate("http://localhost:" + locked.port() + "/traces?q={+status+=+error+}");
      browsing.picture("login-light");
      page.locator("#token").fill(FakeAccess.TOKEN);
      page.locator("button").click();

      assertThat(page).hasURL(Pattern.compile(".*/traces\\?q=.*status.*error.*$"));
      assertThat(page.locator("sx-traces tbody tr").first()).isVisible();
      page.locator("sx-user button").click();
      assertThat(page.locator("#token")).isVisible();
    }
  }

  private void use(ColorScheme scheme, String locale, int width) {
    page = browsing.open(scheme, locale, width);
  }

  private void go(String path, String selector) {
    browsing.go(path, selector);
  }

  private void visit(String name, String path, String selector) {
    go(path, selector);
    browsing.pictureOfScheme(name);
  }

  private void assertNoProblems() {
    browsing.assertNoProblems();
  }
}
