/**
 * Scraping, from Prometheus' own {@code scrape_configs}. {@link
 * dev.sextant.collector.scrape.Scraper} is the door, {@link dev.sextant.collector.scrape.Targets}
 * what others may see of it.
 */
@NullMarked
package dev.sextant.collector.scrape;

import org.jspecify.annotations.NullMarked;
