package shop.orders;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class OrderController {
  private final OrderService service;
  private final OrderStore store;
  private volatile boolean oneByOne;

  OrderController(OrderService service, OrderStore store) {
    this.service = service;
    this.store = store;
  }

  record NewOrder(String customer, String sku, int quantity) {}

  @PostMapping("/orders")
  @ResponseStatus(HttpStatus.CREATED)
  Order place(@RequestBody NewOrder order) {
    return service.place(order.customer(), new Order.Item(order.sku(), order.quantity()));
  }

  @GetMapping("/orders/{id}")
  Order find(@PathVariable("id") long id) {
    return store
        .find(id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no order " + id));
  }

  @GetMapping("/orders")
  List<Order> list(@RequestParam("customer") String customer) {
    return oneByOne ? store.listOneByOne(customer) : store.listJoined(customer);
  }

  /** Switches the listing to a statement for each order. */
  @PutMapping("/faults/one-by-one/{on}")
  void fault(@PathVariable("on") boolean on) {
    oneByOne = on;
  }
}
