package shop.payments;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The provider's API, through the JDK's old HTTP connection, with two retries. */
@Component
class Provider {
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
  private static final int TRIES = 3;

  private final RestClient rest;

  Provider(@Value("${shop.provider}") String url) {
    SimpleClientHttpRequestFactory connections = new SimpleClientHttpRequestFactory();
    connections.setConnectTimeout(1_000);
    connections.setReadTimeout(800);
    rest = RestClient.builder().baseUrl(url).requestFactory(connections).build();
  }

  record Charge(String reference, long amountCents) {}

  void charge(Charge charge) {
    for (int attempt = 1; ; attempt++) {
      try {
        rest.post().uri("/v2/charges").body(charge).retrieve().toBodilessEntity();
        return;
      } catch (RestClientException e) {
        if (attempt == TRIES) {
          LOG.error(
              "Charge {} gave up after {} attempts: {}", charge.reference(), TRIES, e.getMessage());
          throw e;
        }
        LOG.warn("Retry {} of {} for charge {}", attempt, TRIES - 1, charge.reference());
      }
    }
  }
}
