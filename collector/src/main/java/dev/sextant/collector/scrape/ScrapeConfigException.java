package dev.sextant.collector.scrape;

/** A scrape configuration that cannot be used; the message names file, line and key. */
public final class ScrapeConfigException extends Exception {
  private static final long serialVersionUID = 1;

  ScrapeConfigException(String file, int line, String message) {
    super(file + ", line " + line + ": " + message);
  }

  ScrapeConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
