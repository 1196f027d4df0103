package dev.sextant.landscape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole thing as a newcomer meets it: the demo runs from the distribution, a real Chromium
 * looks at it. Pictures of every page, light and dark, stay in {@code target/screenshots}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LandscapeIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SHOTS = Path.of("target/screenshots");

  @TempDir private static Path dir;
  private static RunningDemo demo;
  private static Playwright playwright;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM), "no Chromium on this machine: apt-get install -y chromium");
    demo = RunningDemo.start(Files.createDirectories(dir.resolve("data")), dir.resolve("demo.out"));
    String printed = demo.until(demo::printed, out -> out.contains("Ctrl-C stops everything"));
    assertThat(printed).contains("Sextant shows the shop at   http://localhost:");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (playwright != null) {
      browser.close();
      playwright.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  private static Page page(ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setColorScheme(scheme)
                .setLocale("en-US"));
    context.setDefaultTimeout(60_000);
    return context.newPage();
  }

  private static void open(Page page, String path, String awaited) throws IOException {
    page.navigate("http://localhost:" + demo.port("ui") + path);
    page.waitForSelector(awaited);
  }

  private static Set<String> edges(JsonNode topology) {
    Set<String> edges = new TreeSet<>();
    topology
        .path("edges")
        .forEach(edge -> edges.add(edge.path("from").asText() + " -> " + edge.path("to").asText()));
    return edges;
  }

  @Test
  @Order(1)
  void topology_showsTheShopsEdges() throws Exception {
    List<String> expected =
        List.of(
            "client:user -> gateway",
            "gateway -> orders",
            "gateway -> inventory",
            "orders -> inventory",
            "orders -> payments",
            "orders -> database:orders",
            "inventory -> database:inventory",
            "payments -> external:api.northpay.example");
    Set<String> edges =
        demo.until(() -> edges(demo.ask("topology")), found -> found.containsAll(expected));
    assertThat(edges).containsAll(expected);

    Page page = page(ColorScheme.LIGHT);
    open(page, "/topology", "[data-node=payments]");
    assertThat(page.locator("[data-node]").count()).isGreaterThanOrEqualTo(8);
    assertThat(page.textContent("body")).contains("api.northpay.example");
    page.context().close();
  }

  @Test
  @Order(2)
  void traceOfAnOrder_showsItsServicesAndItsLogLines() throws Exception {
    String id = orderTrace();

    Page page = page(ColorScheme.LIGHT);
    open(page, "/trace/" + id, "text=POST /charges");
    String text = page.textContent("body");
    assertThat(text).contains("POST /api/orders", "POST /reservations", "INSERT orders");
    page.click("text=Logs >> nth=-1");
    page.waitForSelector("text=sent to northpay");
    page.context().close();
  }

  /** An order that reached at least three services and wrote log lines. */
  private static String orderTrace() throws Exception {
    String search = "traces?service=payments&limit=20";
    JsonNode trace =
        demo.until(
            () -> {
              for (JsonNode each : demo.ask(search).path("traces")) {
                String id = each.path("traceId").asText();
                boolean whole =
                    each.path("services").size() >= 4 && each.path("rootSeen").asBoolean();
                if (whole && demo.ask("logs?traceId=" + id).path("total").asInt() >= 3) {
                  return each;
                }
              }
              return null;
            },
            found -> found != null);
    assertThat(trace).as("a trace through four services with log lines").isNotNull();
    return trace.path("traceId").asText();
  }

  @Test
  @Order(3)
  void failingProvider_firesAnAlertThatItsReceiverPrints() throws Exception {
    String printed = demo.until(demo::printed, out -> out.contains("ALERT firing  ServiceErrors"));
    assertThat(printed)
        .contains("fault begins: the payment provider", "ALERT firing  ServiceErrors");

    Page page = page(ColorScheme.LIGHT);
    open(page, "/alerts", "text=ServiceErrors");
    page.context().close();
  }

  @Test
  @Order(4)
  void jvmsOfTheAgent_haveHeapCollectionsThreadsAndCpuWithUnits() throws Exception {
    Page page = page(ColorScheme.LIGHT);
    page.setDefaultTimeout(180_000);
    for (String service : List.of("orders", "payments")) {
      open(page, "/services/" + service + "?tab=instances", "[data-figure=gc] .u");
      assertThat(page.textContent("[data-figure=heap]")).matches("[0-9.]+ (MiB|GiB)");
      assertThat(page.textContent("[data-figure=gc]")).matches("[0-9.]+ %");
      assertThat(Integer.parseInt(page.textContent("[data-figure=threads]"))).isBetween(5, 999);
      assertThat(page.textContent("[data-figure=cpu]")).matches("[0-9.]+ %");
      for (String figure : List.of("heap", "gc", "threads", "cpu")) {
        page.waitForSelector("[data-jvm=" + figure + "] canvas");
        Object points =
            page.evaluate(
                "f => document.querySelector('[data-jvm=' + f + '] sx-chart').chart.getOption().series[0].data.filter(p => p[1] !== null).length",
                figure);
        assertThat((int) points).as(figure).isPositive();
      }
    }
    Files.createDirectories(SHOTS);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve("service-jvm.png")).setFullPage(true));
    page.context().close();
  }

  @Test
  @Order(5)
  void exemplarOnAServicesDurations_opensItsTrace() throws Exception {
    Page page = page(ColorScheme.LIGHT);
    open(page, "/services/orders", ".exemplar");
    page.focus(".exemplar");
    page.keyboard().press("Enter");
    page.waitForURL(java.util.regex.Pattern.compile(".*/trace/[0-9a-f]{32}.*"));
    page.waitForSelector(".wr");
    page.context().close();
  }

  @Test
  @Order(6)
  void operation_tellsWhatItWaitedForAndItsTimeOnTheNetwork() throws Exception {
    String operation = "POST /orders";
    for (JsonNode each : demo.ask("services/orders").path("operations")) {
      operation =
          each.path("name").asText().startsWith("POST") ? each.path("name").asText() : operation;
    }
    String address = "services/orders/critical-path?operation=" + RunningDemo.encode(operation);
    JsonNode found = demo.until(() -> demo.ask(address), it -> it.path("callees").size() >= 2);
    assertThat(found.path("callees").findValuesAsText("service")).contains("inventory", "payments");
    long sum = found.path("otherNanos").asLong();
    for (JsonNode part : found.path("parts")) {
      sum += part.path("nanos").asLong();
    }
    assertThat(sum).isEqualTo(found.path("totalNanos").asLong());

    Page page = page(ColorScheme.LIGHT);
    open(
        page,
        "/services/orders?tab=calls&operation=" + RunningDemo.encode(operation),
        "[data-network=payments]");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve("service-path.png")).setFullPage(true));
    page.context().close();
  }

  @Test
  @Order(7)
  void everyPage_isPicturedLightAndDark() throws Exception {
    String id = orderTrace();
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("services", "/services");
    pages.put("service", "/services/orders");
    pages.put("topology", "/topology?node=payments");
    pages.put("traces", "/traces");
    pages.put("trace", "/trace/" + id);
    pages.put("logs", "/logs");
    pages.put(
        "metrics",
        "/metrics?expr="
            + RunningDemo.encode("sum by (service) (rate(traces_spanmetrics_calls_total[1m]))"));
    pages.put("alerts", "/alerts");
    pages.put("settings", "/settings");
    Files.createDirectories(SHOTS);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = page(scheme);
      List<String> problems = new java.util.ArrayList<>();
      page.onPageError(problems::add);
      for (Map.Entry<String, String> each : pages.entrySet()) {
        open(page, each.getValue(), "h1");
        page.waitForTimeout(1_500);
        Path file =
            SHOTS.resolve(
                each.getKey() + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
      }
      assertThat(problems).isEmpty();
      page.context().close();
    }
  }
}
