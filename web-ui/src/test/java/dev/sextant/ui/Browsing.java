package dev.sextant.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sextant.ui.fake.FakeApi;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A browser before the dashboard over made-up data; one page at a time. */
final class Browsing implements AutoCloseable {
  private static final Path SHOTS = Path.of("target/screenshots");

  private final Chromium chromium;
  private final FakeApi api;
  private final Dashboard dashboard;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  private Browsing(Chromium chromium) throws IOException {
    this.chromium = chromium;
    this.api = FakeApi.start();
    this.dashboard =
        Dashboard.start(DashboardOptions.loopback(0, api.address()), new FakeAccess(true));
    this.context = chromium.context(ColorScheme.LIGHT, "en-US", 1440);
    this.page = context.newPage();
  }

  /** Starts it, or skips the tests where there is no browser. */
  static Browsing startOrSkip() throws IOException {
    return new Browsing(Chromium.startOrSkip());
  }

  FakeApi api() {
    return api;
  }

  /** A fresh page of the usual width that notes every error of its scripts. */
  Page open(ColorScheme scheme, String locale) {
    return open(scheme, locale, 1440);
  }

  /** A fresh page so many pixels wide that notes every error of its scripts. */
  Page open(ColorScheme scheme, String locale, int width) {
    context.close();
    complaints.clear();
    errors.clear();
    context = chromium.context(scheme, locale, width);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(page.url() + ": " + message.text() + " " + message.location());
          }
        });
    page.onPageError(error -> errors.add(page.url() + ": " + error));
    return page;
  }

  /** Goes to a path and waits for what a selector names. */
  void go(String path, String selector) {
    page.navigate("http://localhost:" + dashboard.port() + path);
    page.locator(selector).first().waitFor();
  }

  /** The address, readable. */
  String address() {
    return URLDecoder.decode(page.url(), StandardCharsets.UTF_8);
  }

  /** Keeps a picture called by its scheme too. */
  void pictureOfScheme(String name) {
    boolean dark = (boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
    picture(name + (dark ? "-dark" : "-light"));
  }

  /**
   * Moves the pointer over the service graph to the point that an expression of {@code graph} is.
   */
  void pointAt(String point) {
    List<?> at =
        (List<?>)
            page.evaluate(
                "() => { const graph = document.querySelector('sx-graph'); const box = graph.getBoundingClientRect();"
                    + " const [x, y, w, h] = graph.view; const p = "
                    + point
                    + "; return [box.left + ((p.x - x) / w) * box.width, box.top + ((p.y - y) / h) * box.height]; }");
    page.mouse().move(((Number) at.get(0)).doubleValue(), ((Number) at.get(1)).doubleValue());
  }

  /** A point in the middle of a long edge, for {@link #pointAt}. */
  static String edge() {
    return "(() => { const { line } = [...graph.shapes.values()].reduce((a, b) => (a.line.length > b.line.length ? a : b));"
        + " return {x: line[8], y: line[9]}; })()";
  }

  /** Whether the page can be scrolled sideways. */
  boolean isTooWide() {
    return (boolean)
        page.evaluate(
            "document.querySelector('.main').scrollWidth > document.querySelector('.main').clientWidth");
  }

  /** The 95th percentile of the frames, in milliseconds, while a list of rows is scrolled fast. */
  String frameWhileScrolling() {
    return String.valueOf(
        page.evaluate(
            """
            () => new Promise((resolve) => {
              const rows = document.querySelector('.rows');
              const frames = [];
              let last = performance.now();
              const step = (now) => {
                frames.push(now - last);
                last = now;
                rows.scrollTop += 480;
                if (frames.length < 200) requestAnimationFrame(step);
                else resolve(frames.slice(1).sort((a, b) => a - b)[Math.floor(199 * 0.95)].toFixed(1));
              };
              requestAnimationFrame(step);
            })"""));
  }

  /** Adds a line to a file beside the pictures. */
  static void figure(String file, String line) throws IOException {
    Files.createDirectories(SHOTS);
    Files.writeString(
        SHOTS.resolve(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Keeps a picture, charts drawn. */
  void picture(String name) {
    page.waitForFunction(
        "() => [...document.querySelectorAll('sx-chart')].every(c => c.offsetParent === null || c.querySelector('canvas'))");
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
  }

  /**
   * That no script failed, and that nothing was said on the console of what could not be loaded.
   */
  void assertNoProblems() {
    assertNoErrors();
    assertThat(complaints).isEmpty();
  }

  /** That no script failed. */
  void assertNoErrors() {
    assertThat(errors).isEmpty();
  }

  @Override
  public void close() {
    context.close();
    dashboard.close();
    api.close();
    chromium.close();
  }
}
