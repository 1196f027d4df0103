package shop.orders;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Calls payments through Apache's HTTP client. */
@Component
class PaymentsClient {
  private final RestClient rest;

  PaymentsClient(@Value("${shop.payments}") String url) {
    rest =
        RestClient.builder()
            .baseUrl(url)
            .requestFactory(new HttpComponentsClientHttpRequestFactory())
            .build();
  }

  record Charge(long orderId, String customer, long amountCents) {}

  void charge(Charge charge) {
    rest.post().uri("/charges").body(charge).retrieve().toBodilessEntity();
  }
}
