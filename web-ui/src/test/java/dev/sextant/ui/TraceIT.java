package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of one trace in a real browser; pictures and figures are kept in target/screenshots. */
class TraceIT extends BrowserTest {
  private static final String TRACE = "/trace/4f1c9e2ab7d04c3e8a55d1f0b6729c13";
  private static final String TIMEOUT = "a81f20c46be97d67";

  private Page page;

  @BeforeEach
  void open() {
    page = browsing.open(ColorScheme.LIGHT, "en-US");
  }

  @Test
  void rows_collapseAndStep() {
    browsing.go(TRACE, ".wr");
    assertThat(page.locator(".wr")).hasCount(26);
    page.keyboard().press("[");
    assertThat(page.locator(".wr")).hasCount(1);
    page.keyboard().press("p");
    assertThat(page.locator(".wr")).hasCount(3);
    page.keyboard().press("o");
    assertThat(page.locator(".wr")).hasCount(1);
    page.keyboard().press("]");
    assertThat(page.locator(".wr")).hasCount(26);
    page.keyboard().press("f");
    page.keyboard().press("f");
    assertThat(page.locator(".wr.on")).containsText("auth.verify");
    assertThat(page.locator("sx-span h2")).hasText("auth.verify");
    page.keyboard().press("b");
    assertThat(page.locator("sx-span h2")).hasText("POST /api/orders");
    page.keyboard().press("Escape");
    assertThat(page.locator("sx-span")).hasCount(0);
    browsing.assertNoProblems();
  }

  @Test
  void foldedRows_areInTheAddress() {
    browsing.go(TRACE, ".wr");
    page.locator(".wr .fold").nth(2).click();
    assertThat(page).hasURL(Pattern.compile(".*fold=[0-9a-f]{4,6}$"));
    int some = page.locator(".wr").count();
    assertThat(some).isLessThan(26);
    page.reload();
    page.locator(".wr").first().waitFor();
    assertThat(page.locator(".wr")).hasCount(some);
    page.keyboard().press("[");
    assertThat(page).hasURL(Pattern.compile(".*fold=L0$"));
    page.keyboard().press("p");
    page.keyboard().press("p");
    page.keyboard().press("p");
    assertThat(page).hasURL(Pattern.compile(".*fold=L3$"));
    int levels = page.locator(".wr").count();
    page.locator("[role=tab][data-value=statistics]").click();
    page.locator("[role=tab][data-value=waterfall]").click();
    assertThat(page.locator(".wr")).hasCount(levels);
    page.locator(".wr .fold").last().click();
    assertThat(page).hasURL(Pattern.compile(".*fold=L3\\.-[0-9a-f]{4,6}.*"));
    page.keyboard().press("]");
    assertThat(page.locator(".wr")).hasCount(26);
    assertThat(page).hasURL(Pattern.compile("^[^?]*(\\?tab=waterfall)?$"));
    browsing.assertNoProblems();
  }

  @Test
  void search_countsStepsAroundAndUnfolds() {
    browsing.go(TRACE, ".wr");
    page.keyboard().press("[");
    page.locator("sx-trace input[type=search]").fill("northpay.example");
    assertThat(page.locator("sx-trace .x")).containsText("3 found");
    page.keyboard().press("Enter");
    assertThat(page.locator("sx-trace .x")).containsText("1 of 3");
    assertThat(page.locator(".wr.on")).isVisible();
    page.keyboard().press("Shift+Enter");
    assertThat(page.locator("sx-trace .x")).containsText("3 of 3");
    page.keyboard().press("Enter");
    assertThat(page.locator("sx-trace .x")).containsText("1 of 3");
    page.locator("sx-trace .x button[title='Next span']").click();
    assertThat(page.locator("sx-trace .x")).containsText("2 of 3");
    page.locator("sx-trace input[type=search]").fill("zzz");
    assertThat(page.locator("sx-trace .x")).containsText("nothing found");
    browsing.assertNoProblems();
  }

  @Test
  void services_filterTheRows() {
    browsing.go(TRACE, ".wr");
    page.locator("[data-key=only-payments]").click();
    assertThat(page.locator(".wr")).hasCount(8);
    assertThat(page).hasURL(Pattern.compile(".*only=payments$"));
    page.locator("[data-key=only-gateway]").click();
    assertThat(page.locator(".wr")).hasCount(11);
    page.locator("[data-key=only]").click();
    assertThat(page.locator(".wr")).hasCount(26);
    page.goBack();
    assertThat(page.locator(".wr")).hasCount(11);
  }

  @Test
  void zoom_isByKeysAndMinimapAndKeptInTheAddress() {
    browsing.go(TRACE, ".wr");
    page.keyboard().press("ArrowUp");
    assertThat(page).hasURL(Pattern.compile(".*view=0.25-0.75$"));
    page.keyboard().press("d");
    assertThat(page).hasURL(Pattern.compile(".*view=0.35-0.85$"));
    page.keyboard().press("ArrowLeft");
    assertThat(page).hasURL(Pattern.compile(".*view=0.25-0.75$"));
    page.reload();
    page.locator(".wr").first().waitFor();
    assertThat(page.locator(".vp")).hasAttribute("aria-valuetext", "25 % – 75 %");
    var box = page.locator("sx-minimap").boundingBox();
    page.mouse().move(box.x + box.width * 0.5, box.y + 20);
    page.mouse().down();
    page.mouse().move(box.x + box.width * 0.6, box.y + 20);
    page.mouse().up();
    assertThat(page.locator(".vp")).hasAttribute("aria-valuetext", "35 % – 85 %");
    page.locator("sx-minimap").dblclick();
    assertThat(page).hasURL(Pattern.compile(".*13$"));
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open]")).containsText("Collapse one level");
  }

  @Test
  void span_showsEveryFieldAndLeadsOn() {
    browsing.go(TRACE + "?span=" + TIMEOUT, "sx-span");
    Locator span = page.locator("sx-span");
    for (String text :
        new String[] {
          "HttpTimeoutException",
          "retry",
          "attempt",
          "vendor=t61rcWkgMzE",
          "0x301 (sampled, parent elsewhere)",
          "1.4.2",
          "2 attributes were dropped",
          "retry of",
          "payments-7c9d-x2",
          TIMEOUT
        }) {
      assertThat(span).containsText(text);
    }
    assertThat(span.locator("a:has-text('1b1b1b1b')"))
        .hasAttribute("href", Pattern.compile("/trace/(1b){16}\\?span=a81f20c46be97d55"));
    browsing.picture("trace-span");
    span.locator("dd:has-text('northpay')").first().hover();
    span.locator("a[aria-label='Search traces with peer.service']").click();
    assertThat(page.locator("sx-query textarea")).hasValue("{ span.peer.service = \"northpay\" }");
  }

  @Test
  void tabs_sumUpFlameLogsAndJson() throws IOException {
    browsing.go(TRACE, ".wr");
    page.locator("[role=tab][data-value=statistics]").click();
    assertThat(page.locator("sx-trace-statistics tbody tr").first())
        .containsText("POST api.northpay");
    browsing.picture("trace-statistics");
    page.locator("[data-value=database]").click();
    assertThat(page.locator("sx-trace-statistics tbody")).containsText("UPDATE stock WHERE id = ?");
    assertThat(page.locator(".fs")).containsText("DB time107 ms");
    page.locator("[data-key=sort-count]").click();
    assertThat(page.locator("sx-trace-statistics tbody tr").first()).containsText("UPDATE stock");
    page.locator("[data-value=cache]").click();
    assertThat(page.locator("sx-trace-statistics")).containsText("No span calls a cache");

    page.locator("[role=tab][data-value=flame]").click();
    assertThat(page.locator(".fl").first()).containsText("POST /api/orders");
    browsing.picture("trace-flame");
    page.locator(".fl:has-text('POST /charges')").click();
    assertThat(page.locator("sx-trace-flame .ph")).containsText("Whole trace");
    assertThat(page.locator(".fl").first()).containsText("POST /charges");

    page.locator("[role=tab][data-value=logs]").click();
    assertThat(page.locator("sx-trace-logs .lr")).hasCount(14);
    browsing.picture("trace-logs");
    page.locator("[role=tab][data-value=json]").click();
    Download saved = page.waitForDownload(() -> page.locator("text=Save").click());
    assertThat(saved.suggestedFilename()).isEqualTo("trace-4f1c9e2ab7d04c3e8a55d1f0b6729c13.json");
    assertThat(Files.readString(saved.path())).contains("\"scopes\"").contains(TIMEOUT);
    browsing.assertNoProblems();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-US", "DARK, en-US", "LIGHT, zh-CN"})
  void page_looksAsDrawn(ColorScheme scheme, String locale) {
    page = browsing.open(scheme, locale);
    String name = "-" + locale.substring(0, 2) + "-" + scheme.name().toLowerCase(Locale.ROOT);
    for (String tab : new String[] {"", "statistics", "flame", "logs"}) {
      browsing.go(TRACE + "?span=" + TIMEOUT + "&tab=" + tab, ".tw > *");
      browsing.picture("trace-" + (tab.isEmpty() ? "rows" : tab) + name);
      assertThat(page.locator("body")).not().containsText(Pattern.compile("![a-z]+\\.[a-zA-Z.]+!"));
    }
    browsing.assertNoProblems();
  }

  /** Opens traces of many spans, scrolls through all rows, and writes down how long both took. */
  @ParameterizedTest
  @CsvSource({"1b, 10000", "1c, 100000"})
  void largeTrace_opensAndScrollsWithFewRows(String id, int spans) throws IOException {
    String path = "/trace/" + id.repeat(16);
    // The made-up trace is made once, before anything is measured.
    page.request().get(browsing.api().address() + "/sextant/v1/traces/" + id.repeat(16));
    page.addInitScript(
        "new MutationObserver((all, observer) => { if (document.querySelector('.wr')) { window.firstRow = performance.now(); observer.disconnect(); } }).observe(document, {childList: true, subtree: true})");
    browsing.go(path, ".wr");
    double firstRow = ((Number) page.evaluate("window.firstRow")).doubleValue();
    assertThat(page.locator(".ft").nth(3)).containsText(spans == 10_000 ? "10.0 k" : "100 k");
    browsing.go("/traces", "tbody tr");
    double within =
        ((Number)
                page.evaluate(
                    """
                    (path) => new Promise((resolve) => {
                      const began = performance.now();
                      new MutationObserver((all, observer) => {
                        if (!document.querySelector('.wr')) return;
                        observer.disconnect();
                        requestAnimationFrame(() => resolve(performance.now() - began));
                      }).observe(document, {childList: true, subtree: true});
                      sx.state.go(path);
                    })""",
                    path))
            .doubleValue();
    assertThat(page.locator(".tl > u").first()).isAttached();
    assertThat(page.locator(".fs")).containsText("Critical path");
    String p95 = browsing.frameWhileScrolling();
    Browsing.figure(
        "trace-figures.txt",
        "%d spans: first rows after %.0f ms from the list, %.0f ms by a new page; p95 of frames while scrolling %s ms%n"
            .formatted(spans, within, firstRow, p95));

    assertThat(page.locator(".wr").count()).isBetween(20, 80);
    page.locator(".rows").evaluate("rows => { rows.scrollTop = rows.scrollHeight; }");
    assertThat(page.locator(".wr[data-row='" + (spans - 1) + "']")).isVisible();
    assertThat(page.locator(".wr").count()).isLessThan(80);
    page.locator("sx-trace input[type=search]").fill("step 299");
    assertThat(page.locator("sx-trace .x")).containsText(Pattern.compile("[\\d,.k ]+ found"));
    page.keyboard().press("Enter");
    assertThat(page.locator(".wr.on")).containsText("step 299");
    page.locator("[role=tab][data-value=flame]").click();
    assertThat(page.locator(".fl").first()).containsText("batch");
    page.locator("[role=tab][data-value=json]").click();
    assertThat(page.locator("sx-trace-json")).containsText("the first 500 of");
    browsing.assertNoProblems();
  }
}
