package dev.sextant.alerting;

import dev.sextant.metrics.model.Labels;

/**
 * What every template of a process can name beside its sample.
 *
 * @param externalLabels that tell this process from others
 * @param externalUrl under which people reach it
 */
public record TemplateData(Labels externalLabels, String externalUrl) {
  public static final TemplateData NONE = new TemplateData(Labels.EMPTY, "");
}
