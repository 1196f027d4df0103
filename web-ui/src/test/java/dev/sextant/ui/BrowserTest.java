package dev.sextant.ui;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that share one browser before the dashboard; skipped where there is none. */
abstract class BrowserTest {
  static Browsing browsing;

  @BeforeAll
  static void startBrowser() throws IOException {
    browsing = Browsing.startOrSkip();
  }

  @AfterAll
  static void stopBrowser() {
    if (browsing != null) {
      browsing.close();
      browsing = null;
    }
  }
}
