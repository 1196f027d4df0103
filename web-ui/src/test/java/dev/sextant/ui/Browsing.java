package dev.sextant.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sextant.ui.fake.FakeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A browser before the dashboard over made-up data; one page at a time. */
final class Browsing implements AutoCloseable {
  private static final Path SHOTS = Path.of("target/screenshots");

  private final Chromium chromium;
  private final FakeApi api;
  private final Dashboard dashboard;
  private final List<String> problems = new ArrayList<>();
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

  /** A fresh page that notes every error of its scripts. */
  Page open(ColorScheme scheme, String locale) {
    context.close();
    problems.clear();
    context = chromium.context(scheme, locale, 1440);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            problems.add(page.url() + ": " + message.text() + " " + message.location());
          }
        });
    page.onPageError(error -> problems.add(page.url() + ": " + error));
    return page;
  }

  /** Goes to a path and waits for what a selector names. */
  void go(String path, String selector) {
    page.navigate("http://localhost:" + dashboard.port() + path);
    page.locator(selector).first().waitFor();
  }

  /** Keeps a picture, charts drawn. */
  void picture(String name) {
    page.waitForFunction(
        "() => [...document.querySelectorAll('sx-chart')].every(c => c.offsetParent === null || c.querySelector('canvas'))");
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
  }

  void assertNoProblems() {
    assertThat(problems).isEmpty();
  }

  @Override
  public void close() {
    context.close();
    dashboard.close();
    api.close();
    chromium.close();
  }
}
