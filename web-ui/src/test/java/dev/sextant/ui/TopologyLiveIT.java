package dev.sextant.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sextant.ui.fake.FakeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service graph while its figures go on, and as large as it gets. */
class TopologyLiveIT extends BrowserTest {
  private static FakeApi api;
  private Page page;

  @BeforeAll
  static void start() {
    api = browsing.api();
  }

  @BeforeEach
  void open() {
    api.landscape(0);
    page = browsing.open(ColorScheme.LIGHT, "en-US");
  }

  @AfterEach
  void noScriptFailed() {
    browsing.assertNoErrors();
  }

  private void go(String query) {
    browsing.go("/topology" + query, "sx-graph[aria-busy=false]");
  }

  private void refresh() {
    page.evaluate(
        "() => { sx.state.tick(); return document.querySelector('sx-topology').running; }");
    page.waitForFunction("() => !document.querySelector('sx-topology').running");
    settled();
  }

  private void settled() {
    page.locator("sx-graph[aria-busy=false]").waitFor();
  }

  private Object view() {
    return page.evaluate("document.querySelector('sx-graph').view.join(' ')");
  }

  /** Where a node stands on the page. */
  private String place(String id) {
    return String.valueOf(
        page.evaluate(
            "id => { const n = document.querySelector('sx-graph').plan.nodes.get(id); return n && n.x + ' ' + n.y; }",
            id));
  }

  @Test
  void refresh_touchesNothingThatDidNotChange() {
    go("?node=orders");
    page.evaluate(
        """
        () => {
          window.touched = [];
          new MutationObserver((all) => touched.push(...all.map((m) => m.type + ' ' + m.target.nodeName)))
            .observe(document.querySelector('.topo'), {subtree: true, childList: true, attributes: true, characterData: true});
        }""");
    refresh();
    refresh();

    assertThat(page.evaluate("touched.filter((t) => !/attributes svg/.test(t)).join()"))
        .isEqualTo("");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300, 1_000})
  void refresh_keepsPlacesViewSelectionAndPanel_whileNodesComeAndGo(int nodes) {
    api.landscape(nodes);
    go("?group=none&node=app5");
    settled();
    page.locator("sx-graph").hover();
    page.mouse().wheel(0, -900);
    settled();
    page.locator("[data-node=app5]").evaluate("node => { node.isKept = true; }");
    page.evaluate("document.querySelector('sx-node .tpb').scrollTop = 40");
    Object view = view();
    String app5 = place("app5");
    String app22 = place("app22");
    String figures = page.locator("[data-node=app5] .ns").textContent();
    api.driftLandscape(2);
    refresh();

    assertThat(place("new0")).isNotEqualTo("null");
    assertThat(place("new1")).isNotEqualTo("null");
    assertThat(place((nodes - 1) % 4 == 3 ? "external:peer" + (nodes - 1) : "?")).isEqualTo("null");
    assertThat(place("app5")).isEqualTo(app5);
    assertThat(place("app22")).isEqualTo(app22);
    assertThat(view()).isEqualTo(view);
    assertThat(page.locator("[data-node=app5]").evaluate("node => node.isKept")).isEqualTo(true);
    assertThat(page.locator("[data-node=app5] .ns")).not().hasText(figures);
    assertThat(page.locator("sx-node h2")).hasText("app5");
    assertThat(page.locator("sx-topology .title")).containsText(nodes + " nodes");
  }

  @Test
  void largeGraph_answersPointerSearchAndKeys() {
    api.landscape(1_000);
    go("?group=none");
    settled();
    browsing.picture("topology-1000-all");
    assertThat(page.locator(".node").count()).isZero();
    browsing.pointAt(Browsing.edge());
    assertThat(page.locator(".tip")).containsText("→");
    page.mouse().down();
    page.mouse().up();
    assertThat(page).hasURL(Pattern.compile(".*edge=.+"));
    assertThat(page.locator("sx-edge")).isVisible();
    assertThat(page.locator(".edge.on")).hasCount(1);
    browsing.pointAt("graph.plan.nodes.get('app10')");
    page.mouse().down();
    page.mouse().up();
    assertThat(page.locator("sx-node h2")).hasText("app10");
    assertThat(page.locator("sx-graph")).hasAttribute("aria-activedescendant", "sx-chosen-node");
    page.locator("sx-graph").focus();
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("sx-node h2")).not().hasText("app10");
    page.locator("sx-topology input[type=search]").fill("media-");
    assertThat(page).hasURL(Pattern.compile(".*q=media-.*"));
    settled();
    browsing.picture("topology-1000-search");
    page.locator("sx-topology input[type=search]").press("Enter");
    assertThat(page.locator("sx-node h2")).hasText(Pattern.compile("media-.*"));
    page.locator("sx-graph").focus();
    page.keyboard().press("f");
    assertThat(page).hasURL(Pattern.compile(".*depth=1"));
    assertThat(page.locator(".node").first()).isVisible();
    assertThat(page.locator(".node").count()).isLessThan(100);
    browsing.picture("topology-1000-focus");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1_000})
  void largeGraph_isPannedAndZoomed(int nodes) throws IOException {
    api.landscape(nodes);
    go("?group=none");
    settled();
    Object whole = view();
    page.locator("sx-graph").hover();
    page.mouse().wheel(0, -1_500);
    assertThat(page.locator(".node").first()).isVisible();
    settled();
    browsing.picture("topology-" + nodes + "-near");
    int near = page.locator(".node").count();
    assertThat(near).isLessThan(nodes * 2 / 3);
    page.keyboard().press("0");
    page.waitForFunction(
        "view => document.querySelector('sx-graph').view.join(' ') === view", whole);
    assertThat(page.locator(".node")).hasCount(0);

    Browsing.figure(
        "topology-figures.txt",
        nodes + " nodes, load " + load() + ": " + page.evaluate(MEASURE) + "\n");
  }

  private static double load() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /**
   * Milliseconds: of frames while moving, their median, 95th percentile and longest; of answers,
   * until painted.
   */
  private static final String MEASURE =
      """
      async () => {
        const graph = document.querySelector('sx-graph');
        const topology = document.querySelector('sx-topology');
        const frame = () => new Promise(requestAnimationFrame);
        const painted = async () => {
          do await frame(); while (graph.getAttribute('aria-busy') === 'true');
          await frame();
        };
        const rest = async () => {
          await new Promise((done) => setTimeout(done, 400));
          await painted();
        };
        const frames = async (name, step) => {
          await rest();
          const took = [];
          let last = performance.now();
          for (let i = 0; i < 100; i++) {
            step();
            await frame();
            took.push(performance.now() - last);
            last = performance.now();
          }
          took.sort((a, b) => a - b);
          return name + ' ' + [50, 95, 99].map((i) => took[i].toFixed(0)).join('/');
        };
        const answer = async (name, act) => {
          await rest();
          const began = performance.now();
          await act();
          await painted();
          return name + ' ' + (performance.now() - began).toFixed(0);
        };
        const pan = () => {
          const [x, y, w, h] = graph.view;
          graph.panning.moved = true;
          graph.setView([x + w / 60, y + h / 90, w, h]);
        };
        const out = ['layout ' + graph.layoutMillis.toFixed(0)];
        out.push(await frames('frames p50/p95/max of panning all', pan));
        graph.fit();
        const factor = Math.pow(graph.clientWidth / graph.view[2], 1 / 100);
        out.push(await frames('of zooming in', () => graph.panning.zoom(factor)));
        out.push(await frames('of panning at full size', pan));
        out.push(await frames('of zooming out', () => graph.panning.zoom(1 / factor)));
        graph.fit();
        out.push(await answer('refresh', () => topology.reload()));
        out.push(await answer('search', () => sx.state.set({ q: 'app12' })));
        out.push(await answer('choice', () => sx.state.set({ q: '', node: 'app1' })));
        out.push(await answer('focus', () => sx.state.set({ depth: '1' })));
        return out.join(', ');
      }
      """;

  @ParameterizedTest
  @CsvSource({"300, LIGHT, en-US", "1000, LIGHT, en-US", "1000, DARK, zh-CN"})
  void difference_ofLargeGraphs_isReadable(int nodes, ColorScheme scheme, String locale) {
    api.landscape(nodes);
    page = browsing.open(scheme, locale);
    String name = "topology-difference-" + nodes + "-";
    String shot = name + (scheme == ColorScheme.DARK ? "zh-" : "");
    go("?vs=before");
    settled();
    browsing.pictureOfScheme(shot + "groups");
    go("?vs=before&group=none");
    settled();
    browsing.pictureOfScheme(shot + "all");
    page.locator("[data-only=new]").click();
    assertThat(page).hasURL(Pattern.compile(".*only=new"));
    assertThat(page.locator(".badge").first()).isVisible();
    settled();
    browsing.pictureOfScheme(shot + "new");
    page.locator("sx-topology .title button").nth(3).click();
    assertThat(page.locator(".calls tbody tr").first()).isVisible();
    browsing.pictureOfScheme(shot + "table");

    assertThat(browsing.isTooWide()).isFalse();
    assertThat(page.locator("body")).not().containsText(Pattern.compile("![a-z]+\\.[a-z.]+!"));
  }

  @Test
  void export_ofALargeGraph_isAllOfIt() throws IOException {
    api.landscape(300);
    go("?group=none");
    settled();
    Path file =
        page.waitForDownload(() -> page.locator(".title .btn:has-text('Export SVG')").click())
            .path();
    String svg = Files.readString(file);

    assertThat(svg.split("data-node=", -1)).hasSize(301);
    assertThat(svg.split("data-edge=", -1)).hasSize(384);
    assertThat(svg).contains(">app1</text>");
    assertThat(page.locator("sx-graph svg")).hasCount(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1_000})
  void pastOfLargeGraphs_isShown_andNodesKeepTheirPlaces(int nodes) {
    api.landscape(nodes);
    go("?group=none");
    settled();
    String app22 = place("app22");
    page.locator(".ttrack").focus();
    page.keyboard().press("PageDown");
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("sx-topology .foot")).containsText("As of");
    settled();
    browsing.picture("topology-past-" + nodes);

    assertThat(place("app22")).isEqualTo(app22);
  }

  @Test
  void table_ofThousandsOfEdges_showsTheBusiestAndMoreOnDemand() {
    api.landscape(1_000);
    browsing.go("/topology?group=none&as=table", ".calls tbody tr");
    assertThat(page.locator(".calls tbody tr")).hasCount(500);
    Locator more = page.locator(".tmore:visible");
    assertThat(more).containsText("Show 500 more");
    more.click();
    assertThat(page.locator(".calls tbody tr")).hasCount(1_000);
    page.locator("sx-topology input[type=search]").fill("app12");
    assertThat(page).hasURL(Pattern.compile(".*q=app12.*"));

    assertThat(page.locator(".calls tbody tr").first()).containsText("app12");
    assertThat(page.locator(".calls tbody tr").count()).isLessThan(200);
  }
}
