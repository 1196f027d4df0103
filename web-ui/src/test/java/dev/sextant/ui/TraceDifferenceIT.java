package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two traces compared, in a real browser; pictures and figures are kept in target/screenshots. */
class TraceDifferenceIT extends BrowserTest {
  private static final String SLOW = "4f1c9e2ab7d04c3e8a55d1f0b6729c13";
  private static final String QUICK = "5e".repeat(16);
  private static final String BOTH = "/traces/compare?a=" + SLOW + "&b=" + QUICK;

  private Page page;

  @BeforeEach
  void open() {
    page = browsing.open(ColorScheme.LIGHT, "en-US");
  }

  private Locator row(String text) {
    return page.locator(".sizer > .dr").filter(new Locator.FilterOptions().setHasText(text));
  }

  @Test
  void tree_tellsWhatIsInWhichHowOftenAndHowLong() {
    browsing.go(BOTH, ".sizer > .dr");

    assertThat(page.locator(".dfh tbody tr").nth(0)).containsText("2.84 s");
    assertThat(page.locator(".dfh tbody tr").nth(1)).containsText("420 ms");
    assertThat(page.locator(".dfd")).containsText("−2.42 s");
    assertThat(page.locator(".dfd")).containsText("the same services");
    assertThat(row("POST api.northpay")).containsText("only in A");
    assertThat(row("POST api.northpay")).containsText("3 → 0");
    assertThat(row("GET").filter(new Locator.FilterOptions().setHasText("0 → 2")))
        .containsText("only in B");
    assertThat(row("auth.verify")).containsText("1 → 2");
    assertThat(row("auth.verify")).containsText("+2 ms");
    assertThat(row("a very long name")).containsText("0 → 1");
    assertThat(page.locator("sx-trace-difference .tools")).containsText("Greatest change");

    page.locator("[data-value=changed]").click();
    assertThat(row("validateCart")).hasCount(0);
    assertThat(row("auth.verify")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile(".*show=changed$"));
    page.locator("[data-value='']").click();
    assertThat(row("validateCart")).hasCount(1);
    row("validateCart").locator("a").first().click();
    assertThat(page).hasURL(Pattern.compile(".*/trace/" + SLOW + "\\?span=.*"));
    browsing.assertNoProblems();
  }

  @Test
  void keys_foldStepAndSwap_andTheAddressKeepsThem() {
    browsing.go(BOTH, ".sizer > .dr");
    int all = page.locator(".sizer > .dr").count();
    page.keyboard().press("[");
    assertThat(page.locator(".sizer > .dr")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile(".*fold=L0$"));
    page.keyboard().press("p");
    assertThat(page.locator(".sizer > .dr")).hasCount(3);
    page.locator("sx-difference-rows .rows").focus();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator(".sizer > .dr")).hasCount(1);
    page.keyboard().press("ArrowRight");
    assertThat(page.locator(".sizer > .dr")).hasCount(3);
    page.reload();
    assertThat(page.locator(".sizer > .dr")).hasCount(3);
    page.keyboard().press("]");
    assertThat(page.locator(".sizer > .dr")).hasCount(all);
    page.keyboard().press("x");
    assertThat(page).hasURL(Pattern.compile(".*a=" + QUICK + "&b=" + SLOW + ".*"));
    assertThat(row("POST api.northpay")).containsText("only in B");
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open]")).containsText("Swap A and B");
    browsing.assertNoProblems();
  }

  @Test
  void greatestChange_isUnfoldedAndMarked() {
    browsing.go(BOTH + "&fold=L0", ".sizer > .dr");
    page.locator("[data-key=greatest]").click();

    assertThat(page.locator(".dr.on")).containsText("api.northpay");
  }

  @Test
  void traceThatIsNotStored_isToldAndReplaced() {
    browsing.go("/traces/compare?a=" + SLOW + "&b=" + "00".repeat(15) + "01", ".empty");
    assertThat(page.locator(".empty")).containsText("Trace B is not there");
    assertThat(page.locator(".dfh")).containsText("POST /api/orders");
    browsing.picture("difference-missing-light");
    page.locator("[data-key=choose]").click();
    page.locator(".tpk [data-trace]").first().waitFor();
    page.locator(".svq input").fill("no id");
    page.keyboard().press("Enter");
    assertThat(page.locator(".svq input")).hasAttribute("aria-invalid", "true");
    page.locator(".svq input").fill(QUICK);
    page.keyboard().press("Enter");
    assertThat(page.locator(".sizer > .dr").first()).isVisible();

    browsing.go("/traces/compare", ".empty");
    assertThat(page.locator(".empty")).containsText("Two traces are needed");
    browsing.go("/traces/compare?a=" + SLOW + "&b=" + SLOW + "&show=changed", ".sizer .empty");
    assertThat(page.locator("sx-difference-rows")).containsText("Nothing differs but times");
  }

  @Test
  void failure_isToldAndTriedAgain() {
    page.route("**/sextant/v1/traces/" + QUICK, route -> route.abort());
    browsing.go(BOTH, ".empty");
    assertThat(page.locator(".empty")).containsText("Try again");
    browsing.picture("difference-failed-light");
    page.unroute("**/sextant/v1/traces/" + QUICK);
    page.locator(".empty button").click();
    assertThat(page.locator(".sizer > .dr").first()).isVisible();
  }

  @Test
  void tracePage_leadsToTheComparisonWithARecentOne() {
    browsing.go("/trace/" + QUICK, ".wr");
    page.keyboard().press("c");
    assertThat(page.locator(".tpk")).containsText("Newest traces of the same root operation");
    browsing.picture("difference-pick-light");
    page.locator(".tpk [data-trace='" + SLOW + "']").click();

    assertThat(page).hasURL(Pattern.compile(".*/traces/compare\\?a=" + QUICK + "&b=" + SLOW));
    assertThat(page.locator(".sizer > .dr").first()).isVisible();
    assertThat(page.locator(".nav a.on")).containsText("Traces");
    browsing.assertNoProblems();
  }

  @Test
  void list_choosesTwoToCompare() {
    browsing.go("/traces", "tbody tr");
    Locator boxes = page.locator("tbody .tck input");
    boxes.nth(0).check();
    assertThat(page.locator(".tpicked")).containsText("Choose another trace");
    boxes.nth(1).check();
    boxes.nth(2).check();
    assertThat(page.locator("tbody .tck input:checked")).hasCount(2);
    assertThat(boxes.nth(0)).not().isChecked();
    browsing.picture("traces-picked-light");
    page.locator("[data-key=unpick]").click();
    assertThat(page.locator(".tpicked")).hasCount(0);
    page.locator("tbody tr a.cut").first().focus();
    page.keyboard().press("x");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("x");
    assertThat(page.locator("tbody .tck input:checked")).hasCount(2);
    page.keyboard().press("c");
    assertThat(page).hasURL(Pattern.compile(".*/traces/compare\\?a=" + SLOW + "&b=[0-9a-f]{32}$"));
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-US", "DARK, en-US", "LIGHT, zh-CN"})
  void page_looksAsDrawn(ColorScheme scheme, String locale) {
    page = browsing.open(scheme, locale);
    browsing.go(BOTH, ".sizer > .dr");
    browsing.picture(
        "difference-" + locale.substring(0, 2) + "-" + scheme.name().toLowerCase(Locale.ROOT));
    assertThat(page.locator("body")).not().containsText(Pattern.compile("![a-z]+\\.[a-zA-Z.]+!"));
    page.setViewportSize(1024, 768);
    browsing.picture("difference-1024-" + locale.substring(0, 2) + "-" + scheme);
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
    browsing.assertNoProblems();
  }

  @Test
  void largeTraces_openAndScrollWithFewRows() throws IOException {
    String a = "1b".repeat(16);
    String b = "1d".repeat(16);
    // The made-up traces are made once, before anything is measured.
    page.request().get(browsing.api().address() + "/sextant/v1/traces/" + a);
    page.request().get(browsing.api().address() + "/sextant/v1/traces/" + b);
    page.addInitScript(
        "new MutationObserver((all, observer) => { if (document.querySelector('.sizer > .dr')) { window.firstRow = performance.now(); observer.disconnect(); } }).observe(document, {childList: true, subtree: true})");
    browsing.go("/traces/compare?a=" + a + "&b=" + b, ".sizer > .dr");
    double firstRow = ((Number) page.evaluate("window.firstRow")).doubleValue();
    String p95 = browsing.frameWhileScrolling();
    Browsing.figure(
        "trace-figures.txt",
        "two traces of 10000 spans compared: first rows after %.0f ms by a new page; p95 of frames while scrolling %s ms%n"
            .formatted(firstRow, p95));

    assertThat(page.locator(".sizer > .dr").count()).isBetween(15, 80);
    page.locator(".rows").evaluate("rows => { rows.scrollTop = rows.scrollHeight; }");
    page.keyboard().press("o");
    page.keyboard().press("[");
    assertThat(page.locator(".sizer > .dr")).hasCount(1);
    page.keyboard().press("]");
    assertThat(page.locator(".sizer > .dr").nth(10)).isVisible();
    assertThat(page.url().length()).isLessThan(1000);
    browsing.assertNoProblems();
  }
}
