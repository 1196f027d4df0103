package dev.sextant.alerting.notify;

import java.net.URI;
import java.util.Map;

/**
 * A webhook.
 *
 * @param body a JSON template for one alert (see {@link dev.sextant.alerting.Template#json}); empty
 *     for Alertmanager's JSON
 * @param headers added to each request; their values are secret
 */
public record Receiver(
    String name, URI url, String body, Map<String, String> headers, boolean sendResolved) {
  public Receiver {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "Receiver[" + name + "]";
  }
}
