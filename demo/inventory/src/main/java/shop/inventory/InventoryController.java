package shop.inventory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class InventoryController {
  private static final Logger LOG = LoggerFactory.getLogger(InventoryController.class);

  private final Stock stock;

  InventoryController(Stock stock) {
    this.stock = stock;
  }

  record Request(String sku, int quantity) {}

  @GetMapping("/stock/{sku}")
  Stock.Article article(@PathVariable("sku") String sku) {
    return stock.find(sku).orElseThrow(() -> noArticle(sku));
  }

  @PostMapping("/reservations")
  @ResponseStatus(HttpStatus.CREATED)
  Stock.Reservation reserve(@RequestBody Request request) {
    Stock.Reservation reservation =
        stock
            .reserve(request.sku(), request.quantity())
            .orElseThrow(() -> noArticle(request.sku()));
    LOG.info("Reserved {} × {} as {}", request.quantity(), request.sku(), reservation.id());
    return reservation;
  }

  @DeleteMapping("/reservations/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@PathVariable("id") String id) {
    stock.release(id);
    LOG.info("Released reservation {}", id);
  }

  @PutMapping("/faults/slow-query/{on}")
  void fault(@PathVariable("on") boolean on) {
    stock.setSlow(on);
  }

  private static ResponseStatusException noArticle(String sku) {
    LOG.warn("No article {} in stock", sku);
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "no article " + sku);
  }
}
