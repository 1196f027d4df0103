package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search for traces in a real browser; pictures are kept in target/screenshots. */
class TracesIT extends BrowserTest {
  private Page page;

  @BeforeEach
  void open() {
    page = browsing.open(ColorScheme.LIGHT, "en-US");
  }

  private String query() {
    String url = URLDecoder.decode(page.url(), StandardCharsets.UTF_8);
    int at = url.indexOf("q=");
    return at < 0 ? "" : url.substring(at + 2).replaceAll("&(edit|sort|plot|from|to)=.*", "");
  }

  @Test
  void olderLinks_becomeAQuery() {
    browsing.go("/traces?service=orders&error=true&attribute=http.route=/x&min=1s", "tbody tr");

    assertThat(page.locator("sx-query textarea"))
        .hasValue(
            "{ resource.service.name = \"orders\" && status = error && duration >= 1s && .http.route = \"/x\" }");
    assertThat(page.locator("sx-trace-filters input").first()).hasValue("orders");
    assertThat(page).hasURL(Pattern.compile(".*/traces\\?q=[^&]*$"));
    browsing.assertNoProblems();
  }

  @Test
  void filters_writeTheQueryAndReadItBack() {
    browsing.go("/traces", "tbody tr");
    Locator box = page.locator("sx-query textarea");
    page.locator("sx-trace-filters input").first().fill("payments");
    page.keyboard().press("Enter");
    assertThat(box).hasValue("{ resource.service.name = \"payments\" }");
    page.locator("sx-trace-filters [data-value=true]").click();
    page.locator("sx-trace-filters input.mono").fill("span.http.response.status_code >= 500");
    page.keyboard().press("Enter");
    assertThat(box)
        .hasValue(
            "{ resource.service.name = \"payments\" && status = error && span.http.response.status_code >= 500 }");
    assertThat(page.locator(".chip")).hasText("span.http.response.status_code >= 500");

    box.fill("{ resource.service.name = \"orders\" } >> { status = error }");
    page.keyboard().press("Control+Enter");
    assertThat(page.locator("sx-trace-filters")).containsText("edited as text");
    assertThat(page.locator("sx-trace-filters input").first()).isHidden();
    page.goBack();
    assertThat(page.locator(".chip")).hasText("span.http.response.status_code >= 500");
    page.locator(".chip button").click();
    assertThat(box).hasValue("{ resource.service.name = \"payments\" && status = error }");
    browsing.assertNoProblems();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-US", "DARK, zh-CN"})
  void box_completesFieldsOperatorsAndValues(ColorScheme scheme, String locale) {
    page = browsing.open(scheme, locale);
    String shot = "traces-complete-" + (scheme == ColorScheme.DARK ? "zh-dark" : "light");
    browsing.go("/traces?edit=text", "tbody tr");
    Locator box = page.locator("sx-query textarea");
    Locator chosen = page.locator(".ac li.on");

    box.pressSequentially("{ http");
    assertThat(chosen).containsText("span.http.request.method");
    page.keyboard().press("ArrowDown");
    assertThat(chosen).containsText("span.http.response.status_code");
    browsing.picture(shot);
    page.keyboard().press("Tab");
    assertThat(box).hasValue("{ span.http.response.status_code ");
    assertThat(chosen).containsText("=");
    box.pressSequentially(">= ");
    assertThat(page.locator(".ac li")).hasCount(4);
    box.pressSequentially("504 && stat");
    assertThat(chosen).containsText("status");
    page.keyboard().press("Tab");
    assertThat(chosen).containsText("=");
    page.keyboard().press("Tab");
    assertThat(box).hasValue("{ span.http.response.status_code >= 504 && status = ");
    box.pressSequentially("err");
    assertThat(page.locator(".ac li")).hasCount(1);
    assertThat(chosen).containsText("error");
    page.keyboard().press("Tab");
    box.pressSequentially(" && resource.service.name = \"pay");
    assertThat(chosen).containsText("payments");
    page.keyboard().press("Tab");
    box.pressSequentially(" }");
    page.keyboard().press("Enter");

    assertThat(page.locator(".ac")).hasCount(0);
    assertThat(page).hasURL(Pattern.compile(".*q=.*payments.*"));
    assertThat(query())
        .isEqualTo(
            "{ span.http.response.status_code >= 504 && status = error && resource.service.name = \"payments\" }");
    browsing.assertNoProblems();
  }

  @Test
  void wrongQuery_isUnderlinedAndToldBelowAndTheLastResultStays() {
    browsing.go("/traces", "tbody tr");
    Locator box = page.locator("sx-query textarea");
    box.fill("{ status = }");
    page.keyboard().press("Enter");

    assertThat(page.locator(".tqerr")).containsText("line 1, column 12: unexpected }");
    assertThat(page.locator(".k-err")).hasText("}");
    assertThat(page.locator("tbody tr").first()).isVisible();
    browsing.picture("traces-wrong-light");
    box.fill("{ status = error }");
    page.keyboard().press("Enter");
    assertThat(page.locator(".tqerr")).isEmpty();
    assertThat(page.locator(".k-err")).hasCount(0);
  }

  @Test
  void history_offersWhatRan() {
    browsing.go("/traces", "tbody tr");
    Locator box = page.locator("sx-query textarea");
    box.fill("{ status = error }");
    page.keyboard().press("Enter");
    box.fill("{ kind = server }");
    page.keyboard().press("Enter");
    page.locator("sx-query button[aria-haspopup=menu]").click();
    page.locator(".popup button:has-text('status')").click();

    assertThat(box).hasValue("{ status = error }");
    assertThat(page).hasURL(Pattern.compile(".*q=.*status.*"));
  }

  @ParameterizedTest
  @CsvSource({"scatter", "heatmap"})
  void dragging_narrowsQueryAndRangeAndADoubleClickWidens(String plot) {
    browsing.go("/traces?plot=" + plot, "sx-trace-plot canvas");
    Locator chart = page.locator("sx-trace-plot .chart-place");
    var box = chart.boundingBox();
    page.mouse().move(box.x + box.width * 0.6, box.y + 40);
    page.mouse().down();
    page.mouse().move(box.x + box.width * 0.7, box.y + 60);
    page.mouse().move(box.x + box.width * 0.9, box.y + 100);
    browsing.picture("traces-drag-" + plot);
    page.mouse().up();

    assertThat(page).hasURL(Pattern.compile(".*from=\\d+&to=\\d+.*"));
    assertThat(query())
        .matches("\\{ traceDuration >= [\\d.]+(ns|us|m?s) && traceDuration <= [\\d.]+m?s }");
    assertThat(page.locator(".chip")).hasCount(2);
    assertThat(page.locator("sx-trace-compare li").first()).containsText("server.address");
    chart.dblclick();
    assertThat(page).hasURL(Pattern.compile(".*/traces(\\?plot=\\w+)?$"));
    browsing.assertNoProblems();
  }

  @Test
  void comparison_addsWhatDiffersToTheQuery() {
    browsing.go("/traces?q={+traceDuration+>=+1s+}", "sx-trace-compare li");
    browsing.picture("traces-compare-light");
    page.locator("sx-trace-compare li")
        .nth(3)
        .locator("button[title='Only traces with a span that has it']")
        .click();
    assertThat(page.locator("sx-query textarea"))
        .hasValue("{ traceDuration >= 1s && span.http.response.status_code = 504 }");
    page.locator("sx-trace-compare button[aria-label=Close]").click();
    assertThat(page.locator("sx-trace-compare")).isHidden();
    assertThat(page).hasURL(Pattern.compile(".*compare=0.*"));
    browsing.assertNoProblems();
  }

  @Test
  void list_sortsLoadsMoreAndOpensByKeyboard() {
    browsing.go("/traces", "tbody tr");
    assertThat(page.locator("tbody tr")).hasCount(100);
    page.locator("[data-key=more]").click();
    assertThat(page.locator("tbody tr")).hasCount(200);
    page.locator("[data-key=sort-duration]").click();
    assertThat(page.locator("th[aria-sort=descending]")).containsText("Duration");
    assertThat(page).hasURL(Pattern.compile(".*sort=duration$"));
    assertThat(page.locator("tbody tr")).hasCount(200);

    page.locator("tbody tr a").first().focus();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowUp");
    assertThat(page.locator("tbody tr").nth(1).locator("a").first()).isFocused();
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open]")).containsText("Choose the row for comparison");
    page.keyboard().press("Escape");
    page.locator("tbody tr").nth(1).locator("a").first().focus();
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*/trace/[0-9a-f]{32}$"));
  }

  @Test
  void list_tellsDatabaseTimeAndSortsByIt() {
    browsing.go("/traces", "tbody tr");
    page.locator("[data-key=sort-database]").click();
    assertThat(page.locator("th[aria-sort=descending]")).containsText("DB time");
    assertThat(page.locator("td.dbt").first())
        .hasAttribute(
            "title",
            Pattern.compile("9 calls of databases and caches · [\\d.]+ % of the duration"));
    page.locator("[data-key=sort-database]").click();
    assertThat(page.locator("th[aria-sort=ascending]")).containsText("DB time");
    assertThat(page.locator("tbody tr").first().locator("td.num.dim")).hasText("—");
  }

  @Test
  void savedSearches_areKeptRenamedAndRemoved() {
    browsing.go("/traces?q={+status+=+error+}", "tbody tr");
    page.locator("[data-key=saved]").click();
    assertThat(page.locator(".svq")).containsText("No search is saved");
    page.locator(".svq input").fill("failing");
    page.keyboard().press("Enter");
    assertThat(page.locator(".svl li")).hasCount(1);
    page.keyboard().press("Escape");
    page.locator("sx-query textarea").fill("{ kind = server }");
    page.keyboard().press("Enter");
    page.reload();
    page.locator("[data-key=saved]").click();
    browsing.picture("traces-saved-light");
    page.locator(".svr").click();
    assertThat(page.locator("sx-query textarea")).hasValue("{ status = error }");
    assertThat(page).hasURL(Pattern.compile(".*q=.*status.*"));

    page.locator("[data-key=saved]").click();
    page.locator(".svl button[title=Rename]").click();
    page.locator(".svl input").fill("<b>renamed</b>");
    page.keyboard().press("Enter");
    assertThat(page.locator(".svl b")).hasText("<b>renamed</b>");
    page.locator(".svl button[title=Remove]").click();
    assertThat(page.locator(".svq")).containsText("No search is saved");
    browsing.assertNoProblems();
  }

  @Test
  void search_becomesAMetricAndBack() {
    browsing.go("/traces?q={+status+=+error+}", "tbody tr");
    page.locator("[data-key=metric]").click();
    Locator box = page.locator("sx-query textarea");
    assertThat(box).hasValue("{ status = error } | rate()");
    assertThat(page.locator("sx-result canvas").first()).isVisible();
    assertThat(page.locator("sx-result .legend tbody tr")).hasCount(2);
    assertThat(page.locator("sx-trace-plot")).isHidden();
    assertThat(page.locator("sx-trace-filters")).isHidden();
    assertThat(page.locator("sx-trace-list")).hasCount(0);
    assertThat(page.locator("sx-result a.exemplar").first())
        .hasAttribute("href", Pattern.compile("/trace/4f1c9e2ab7d04c3e8a55d1f0b6729c13.*"));
    browsing.picture("traces-metric-light");

    box.fill("{ status = error } | rate() by()");
    page.keyboard().press("Enter");
    assertThat(page.locator(".tqerr")).containsText("line 1, column 32: syntax error");
    assertThat(page.locator(".k-err")).hasText(")");
    browsing.picture("traces-metric-wrong-light");
    box.fill("{ .none } | rate()");
    page.keyboard().press("Enter");
    assertThat(page.locator("sx-result .empty")).isVisible();
    assertThat(page.locator(".tqerr")).isEmpty();

    page.locator("[data-key=metric]").click();
    assertThat(box).hasValue("{ .none }");
    assertThat(page.locator("tbody tr").first()).isVisible();
    assertThat(page.locator("sx-result")).hasCount(0);
    assertThat(page.locator("sx-trace-filters")).isVisible();
  }

  @Test
  void longSearch_isCancelled() {
    browsing.go("/traces", "tbody tr");
    page.route("**/sextant/v1/traces?*", route -> {});
    page.locator("sx-query textarea").fill("{ kind = server }");
    page.keyboard().press("Enter");
    page.locator("[data-key=cancel]").click();

    assertThat(page.locator(".tcost")).containsText("cancelled after");
    assertThat(page.locator("tbody tr").first()).isVisible();
    assertThat(page.locator("sx-traces.stale")).hasCount(0);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-US", "DARK, en-US", "LIGHT, zh-CN"})
  void page_looksAsDrawn(ColorScheme scheme, String locale) {
    page = browsing.open(scheme, locale);
    String name = "-" + locale.substring(0, 2) + "-" + scheme.name().toLowerCase(Locale.ROOT);
    browsing.go(
        "/traces?q={+resource.service.name+=+\"orders\"+%26%26+status+=+error+}", "tbody tr");
    browsing.picture("traces-search" + name);
    browsing.go("/traces?plot=heatmap", ".heat");
    browsing.picture("traces-heat" + name);
    assertThat(page.locator("body")).not().containsText(Pattern.compile("![a-z]+\\.[a-zA-Z.]+!"));
    page.setViewportSize(1024, 768);
    browsing.go("/traces?pick=4f1c9e2ab7d04c3e8a55d1f0b6729c13", ".tpicked");
    browsing.picture("traces-1024" + name);
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
    browsing.api().beEmpty(true);
    try {
      browsing.go("/traces?q={+.none+=+1+}", "sx-traces .empty");
      browsing.picture("traces-empty" + name);
    } finally {
      browsing.api().beEmpty(false);
    }
    browsing.assertNoProblems();
  }
}
