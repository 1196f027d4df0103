package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.sextant.ui.fake.FakeApi;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service graph in a real browser. */
class TopologyIT extends BrowserTest {
  private static final String ORDERS = "[data-node=orders] .nn";

  private static FakeApi api;
  private Page page;

  @BeforeAll
  static void start() {
    api = browsing.api();
  }

  @BeforeEach
  void open() {
    api.landscape(0);
    api.beEmpty(false);
    api.failTopology(false);
    use(ColorScheme.LIGHT, "en-US", 1440);
  }

  @AfterEach
  void noScriptFailed() {
    browsing.assertNoErrors();
  }

  private void use(ColorScheme scheme, String locale, int width) {
    page = browsing.open(scheme, locale, width);
  }

  private void go(String query, String selector) {
    browsing.go("/topology" + query, selector);
  }

  private void picture(String name) {
    browsing.picture("topology-" + name);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-US, light", "DARK, zh-CN, zh-dark"})
  void difference_marksWhatIsNewVanishedAndChanged_byShapeToo(
      ColorScheme scheme, String locale, String shot) {
    use(scheme, locale, 1440);
    go("?vs=before", "[data-state=new]");

    assertThat(page.locator("[data-state=new]")).hasCount(1);
    assertThat(page.locator("[data-state=vanished] .line")).hasAttribute("stroke-dasharray", "6 4");
    assertThat(page.locator(".el").filter(new Locator.FilterOptions().setHasText("▲"))).hasCount(1);
    assertThat(page.locator(".el").filter(new Locator.FilterOptions().setHasText("▼"))).hasCount(1);
    assertThat(page.locator(".badge")).hasCount(2);
    assertThat(page.locator("body")).not().containsText(Pattern.compile("![a-z]+\\.[a-z.]+!"));
    picture("difference-" + shot);
  }

  @Test
  void difference_isWithWhatIsChosen() {
    go("", "[data-node=orders]");
    page.locator(".seg button[data-value=vs]").click();
    assertThat(page).hasURL(Pattern.compile(".*vs=before"));
    page.locator("[data-key=vs]").click();
    page.locator(".menu button:has-text('a day ago')").click();
    assertThat(page).hasURL(Pattern.compile(".*vs=1d"));
    page.locator("[data-key=vs]").click();
    page.locator(".menu button:has-text('another range')").click();
    page.locator(".vsform input").first().fill("2026-11-20 10:00");
    page.locator(".vsform input").last().fill("2026-11-20 09:00");
    page.locator(".vsform button").click();
    assertThat(page.locator(".vsform [role=alert]")).containsText("the earlier first");
    page.locator(".vsform input").last().fill("2026-11-20 11:00");
    page.locator(".vsform button").click();

    assertThat(page).hasURL(Pattern.compile(".*vs=\\d{13},\\d{13}$"));
    assertThat(page.locator("[data-key=vs]")).containsText("2026-11-20 10:00");
    page.goBack();
    assertThat(page).hasURL(Pattern.compile(".*vs=1d"));
  }

  @Test
  void edge_opensItsFigures_withLinksForExactlyIt() {
    go("?edge=orders>payments", "sx-edge:not([hidden])");

    assertThat(page.locator("sx-edge")).containsText("92.4 /s");
    assertThat(page.locator("sx-edge")).containsText("Network");
    assertThat(page.locator("sx-edge a[href^='/traces']"))
        .hasAttribute("href", Pattern.compile("q=.*orders.*payments"));
    assertThat(page.locator("sx-edge a[href^='/metrics']"))
        .hasAttribute("href", Pattern.compile("expr=.*traces_service_graph_request_total"));
    picture("edge");
    page.locator("sx-edge .tend:has-text('payments')").click();
    assertThat(page.locator("sx-node h2")).hasText("payments");
    page.goBack();
    assertThat(page.locator("sx-edge")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("sx-edge")).isHidden();
  }

  @Test
  void loops_andBothTypesOfAPair_areDrawn() {
    go("", "[data-node=orders]");

    assertThat(page.locator("[data-edge='orders>orders']")).hasCount(1);
    assertThat(page.locator("[data-edge='shipping>orders']")).hasCount(1);
  }

  @Test
  void slider_movesThroughTheRange_andBackToNow() {
    go("", "[data-node=orders]");
    page.locator(".ttrack").focus();
    page.keyboard().press("ArrowLeft");

    assertThat(page).hasURL(Pattern.compile(".*at=\\d{13}$"));
    assertThat(page.locator("sx-topology .foot")).containsText("As of");
    FakeApi.Seen asked =
        api.seen().stream()
            .filter(seen -> seen.path().startsWith("/sextant/v1/topology?"))
            .reduce((first, second) -> second)
            .orElseThrow();
    long from = Long.parseLong(asked.path().replaceAll(".*from=(\\d+).*", "$1"));
    long to = Long.parseLong(asked.path().replaceAll(".*to=(\\d+).*", "$1"));
    assertThat(to - from).isEqualTo(300_000);
    picture("past");
    page.locator("sx-timeline .btn:has-text('Now')").click();
    assertThat(page).hasURL(Pattern.compile(".*/topology$"));
  }

  @Test
  void keys_walkTheGraph_andFocusOnNeighbours() {
    go("?node=gateway", "[data-node=gateway]");
    page.locator("sx-graph").focus();
    page.keyboard().press("ArrowRight");
    assertThat(page).hasURL(Pattern.compile(".*node=(users|cart|catalog|orders)$"));
    page.keyboard().press("ArrowLeft");
    assertThat(page).hasURL(Pattern.compile(".*node=gateway$"));
    page.keyboard().press("f");

    assertThat(page).hasURL(Pattern.compile(".*depth=1"));
    assertThat(page.locator(".node")).hasCount(6);
    page.goBack();
    assertThat(page.locator(".node")).hasCount(17);
  }

  @Test
  void difference_countsWhatDiffers_andLeavesOnlyThat() {
    go("?vs=before", "[data-only=new]");
    assertThat(page.locator("[data-only=new]")).hasText("+ 2 new");
    assertThat(page.locator("[data-only=vanished]")).hasText("× 2 vanished");
    assertThat(page.locator("[data-only=changed]"))
        .hasAttribute("title", "changed: 0 nodes, 2 edges");
    page.locator("[data-only=changed]").click();

    assertThat(page).hasURL(Pattern.compile(".*only=changed"));
    assertThat(page.locator(".node")).hasCount(4);
    assertThat(page.locator("[data-only=changed]")).hasAttribute("aria-pressed", "true");
    page.goBack();
    assertThat(page.locator(".node")).hasCount(17);
  }

  @Test
  void links_areOfTheMomentShown_andOfTheBaseForWhatVanished() {
    go("?vs=1h&edge=orders>pricing", "sx-edge:not([hidden])");
    String href = page.locator("sx-edge a[href^='/traces']").getAttribute("href");
    long to = Long.parseLong(href.replaceAll(".*[?&]to=(\\d+).*", "$1"));

    org.assertj.core.api.Assertions.assertThat(to)
        .isLessThan(System.currentTimeMillis() - 3_500_000);
    go("?node=orders", "sx-node:not([hidden])");
    page.locator(".ttrack").focus();
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("sx-node a[href^='/logs']"))
        .hasAttribute("href", Pattern.compile("from=\\d{13}&to=\\d{13}&service=orders"));
  }

  @Test
  void table_showsTheSame() {
    go("?as=table&vs=before", ".calls tbody tr");

    assertThat(page.locator(".calls tbody tr")).hasCount(20);
    assertThat(page.locator("tr[data-edge='orders>payments']")).containsText("▲ +9.00 pp");
    page.locator("tr[data-edge='orders>payments'] .num").first().click();
    assertThat(page.locator("sx-edge")).containsText("▲ +9.00 pp");
    picture("table");
  }

  @Test
  void threeHundredNodes_areGroupsThatOpenAndAreFound() {
    api.landscape(300);
    go("", "[data-node^='group:']");
    assertThat(page.locator(".node").count()).isLessThan(60);
    picture("300");
    page.locator("[data-node='group:risk'] .nn").click();
    assertThat(page.locator("sx-node")).containsText("Open the group");
    page.locator("sx-node .btn:has-text('Open the group')").click();
    assertThat(page.locator("[data-node='group:risk']")).hasCount(0);
    assertThat(page.locator("[data-node^='risk-']").first()).isVisible();
    picture("300-open");
    page.locator("sx-topology input[type=search]").fill("media-90");
    page.locator("sx-topology input[type=search]").press("Enter");

    assertThat(page.locator("sx-node h2")).hasText("media-90");
    assertThat(browsing.address()).contains("open=risk&open=media");
    page.goBack();
    assertThat(page.locator("sx-node")).isHidden();
  }

  @Test
  void nothingThere_saysWhatToDoNext() {
    api.beEmpty(true);
    go("", ".tgraph .empty");

    assertThat(page.locator(".tgraph .empty")).containsText("Edges appear when");
    assertThat(page.locator(".tgraph .empty a")).hasAttribute("href", "/services");
    picture("empty");
  }

  @Test
  void failure_isShown_andTriedAgain() {
    api.failTopology(true);
    go("", ".tgraph [role=alert]");
    assertThat(page.locator(".tgraph [role=alert]")).containsText("query.max-samples");
    assertThat(page.locator(".seg button[data-value=vs]")).isVisible();
    assertThat(page.locator("sx-timeline")).isHidden();
    picture("failure");
    api.failTopology(false);
    page.locator(".tgraph button:has-text('again')").click();

    assertThat(page.locator(ORDERS)).isVisible();
  }

  @Test
  void narrowWindow_hasNoSidewaysScroll() {
    use(ColorScheme.LIGHT, "en-US", 1024);
    go("?vs=before&edge=orders>payments", "sx-edge:not([hidden])");
    picture("1024");

    assertThat(browsing.isTooWide()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void longNames_areCut_andWholeInTitles(ColorScheme scheme) {
    use(scheme, "en-US", 1440);
    String name = "checkout-orchestration-gateway-service-of-the-european-platform-team";
    page.route(
        "**/sextant/v1/topology?*",
        route -> {
          APIResponse answer = route.fetch();
          String body =
              answer
                  .text()
                  .replace("\"name\":\"orders\"", "\"name\":\"" + name + "\"")
                  .replace("\"name\":\"shop-pg\"", "\"name\":\"数据库·" + name + "\"");
          route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body));
        });
    go("?node=orders", ORDERS);
    browsing.pictureOfScheme("topology-long-names");

    assertThat(page.locator("[data-node=orders] title"))
        .hasText(Pattern.compile(name + " · service"));
    assertThat(page.locator("sx-node h2")).hasAttribute("title", name);
    assertThat(browsing.isTooWide()).isFalse();
  }
}
