package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sextant.ui.fake.Payloads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two hundred texts that mean to run as scripts, in every name, label, attribute and log line that
 * a sender chooses, in a real browser: none runs, and none becomes an element or a link.
 */
class ForeignTextIT extends BrowserTest {
  private static final String TRACE = "/trace/" + "2b".repeat(16);

  /** Whatever a payload would have left in the page: handlers, foreign elements, bad addresses. */
  private static final String LEFT =
      """
      () => {
        const found = [];
        for (const e of document.body.querySelectorAll('*')) {
          for (const a of e.attributes) {
            if (a.name.startsWith('on')) found.push(e.localName + ' ' + a.name + '=' + a.value);
            if (['href', 'src', 'action', 'data', 'formaction', 'srcdoc', 'xlink:href'].includes(a.name)
                && !/^(\\/|\\?|#|https?:\\/\\/|[a-z]+([/?]|$))/.test(a.value)) found.push(e.localName + ' ' + a.name + '=' + a.value);
          }
          if (/^(iframe|object|embed|math|marquee|base|meta|video|audio|form|img|animate)$/.test(e.localName)) found.push(e.localName);
        }
        return found;
      }""";

  private final List<String> dialogs = new ArrayList<>();
  private Page page;

  @BeforeAll
  static void start() {
    browsing.api().beHostile(true);
  }

  @BeforeEach
  void open() {
    page = browsing.open(ColorScheme.LIGHT, "en-US");
    page.addInitScript("window.ran = []; window.hack = (n) => { window.ran.push(n); };");
    page.onDialog(
        dialog -> {
          dialogs.add(dialog.message());
          dialog.dismiss();
        });
  }

  @AfterEach
  void nothingRan() {
    assertThat(page.evaluate("window.ran")).isEqualTo(List.of());
    assertThat(page.evaluate(LEFT)).isEqualTo(List.of());
    assertThat(dialogs).isEmpty();
  }

  @Test
  void payloads_wouldRun_ifTheyWereReadAsHtml() {
    browsing.go("/traces", "tbody tr");
    page.evaluate(
        "(all) => { for (const text of all) { const d = document.createElement('div'); d.innerHTML = text; document.body.append(d); d.remove(); } }",
        Payloads.all());
    page.waitForFunction("window.ran.length > 20");

    page.navigate("about:blank");
    page.evaluate("window.ran = []");
    assertThat(Payloads.all()).hasSize(200).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "/traces, tbody tr",
    "/traces?plot=heatmap, tbody tr",
    "/traces?pick=2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b, .tpicked",
    "/traces?q={}|rate(), sx-result canvas",
    "/traces/compare?a=2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b&b=4f1c9e2ab7d04c3e8a55d1f0b6729c13, .sizer > .dr",
    "/logs, .lr",
    "/logs?line=3, .ex-line",
    "/metrics?expr=x, sx-metrics table",
    "/services, .main > * *"
  })
  void page_showsForeignTextAsText(String path, String selector) {
    browsing.go(path, selector);
    Locator rows = page.locator("tbody tr, .lr");
    for (int i = 0; i < Math.min(5, rows.count()); i++) {
      rows.nth(i).hover();
    }
    assertThat(page.evaluate(LEFT)).isEqualTo(List.of());
  }

  @Test
  void serviceGraph_showsForeignTextAsText() {
    browsing.go("/topology", ".node");
    page.locator(".node .nn").first().dispatchEvent("click");
    assertThat(page.locator("sx-node h2")).isVisible();
    browsing.go("/topology?group=none", "sx-graph[aria-busy=false]");
    page.evaluate(
        "sx.state.set({ node: document.querySelector('sx-topology').data.nodes[0].id, depth: '1' })");
    page.locator("sx-graph svg:not(.heavy)").waitFor();
    page.locator("[data-edge] .hit").first().dispatchEvent("click");
    assertThat(page.locator("sx-edge h2")).isVisible();
    page.locator("sx-graph[aria-busy=false]").waitFor();
    browsing.pointAt(Browsing.edge());
    assertThat(page.locator(".tip")).isVisible();
    browsing.go("/topology?as=table&group=none", ".calls tbody tr");
    page.locator(".calls tbody tr button").first().click();

    assertThat(page.locator("sx-node h2")).isVisible();
    assertThat(page.locator("sx-topology")).containsText("hack(0)");
  }

  @ParameterizedTest
  @CsvSource({"statistics", "flame", "logs", "json"})
  void traceTabs_showForeignTextAsText(String tab) {
    browsing.go(TRACE + "?tab=" + tab, ".tw > *");
    assertThat(page.locator(".tw")).containsText("hack(0)");
    Locator rows = page.locator(".fl, .lr, tbody tr");
    for (int i = 0; i < Math.min(10, rows.count()); i++) {
      // Frames beside each other are narrower than a pointer.
      rows.nth(i).hover(new Locator.HoverOptions().setForce(true));
    }
    if (tab.equals("statistics")) {
      for (String by : List.of("service", "rpc")) {
        page.locator("[data-value=" + by + "]").click();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"operations", "calls", "calls&operation=x", "errors", "instances", "versions"})
  void serviceTabs_showForeignTextAsText(String tab) {
    browsing.go(
        "/services/x?tab=" + tab,
        tab.equals("instances") ? "[data-jvm] canvas" : "sx-service tbody tr");
    assertThat(page.locator("sx-service")).containsText("hack(0)");
    Locator rows = page.locator("tbody tr");
    for (int i = 0; i < Math.min(5, rows.count()); i++) {
      rows.nth(i).hover();
    }
    Locator charts = page.locator("sx-chart");
    for (int i = 0; i < charts.count(); i++) {
      charts.nth(i).hover();
    }
  }

  @Test
  void trace_everySpanOpens_andNothingRuns() {
    browsing.go(TRACE, ".wr");
    for (int i = 0; i < Payloads.all().size(); i++) {
      page.evaluate("(id) => sx.state.set({ span: id })", "%016x".formatted(i + 1));
      if (page.locator("sx-span .link.sm").count() > 0) {
        page.evaluate("document.querySelectorAll('sx-span button.link').forEach((b) => b.click())");
      }
      if (i % 20 == 0) {
        assertThat(page.evaluate(LEFT)).isEqualTo(List.of());
      }
    }
    assertThat(page.locator("sx-span")).containsText("hack(199)");
    browsing.assertNoProblems();
  }

  @Test
  void completion_offersForeignNamesAsText() {
    browsing.go("/traces?edit=text", "tbody tr");
    Locator box = page.locator("sx-query textarea");
    box.pressSequentially("{ ");
    assertThat(page.locator(".ac")).containsText("hack(");
    page.keyboard().press("Tab");
    assertThat(page.evaluate(LEFT)).isEqualTo(List.of());
    box.fill("");
    box.pressSequentially("{ name = ");
    assertThat(page.locator(".ac")).containsText("hack(");
  }
}
