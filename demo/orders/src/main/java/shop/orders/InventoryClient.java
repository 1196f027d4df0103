package shop.orders;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Calls inventory through the JDK's HTTP client. */
@Component
class InventoryClient {
  private final RestClient rest;

  InventoryClient(@Value("${shop.inventory}") String url) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    rest =
        RestClient.builder()
            .baseUrl(url)
            .requestFactory(new JdkClientHttpRequestFactory(http))
            .build();
  }

  record Reservation(String id, String sku, int quantity, long priceCents) {}

  record Request(String sku, int quantity) {}

  Reservation reserve(String sku, int quantity) {
    return rest.post()
        .uri("/reservations")
        .body(new Request(sku, quantity))
        .retrieve()
        .body(Reservation.class);
  }

  void release(String reservationId) {
    rest.delete().uri("/reservations/{id}", reservationId).retrieve().toBodilessEntity();
  }
}
