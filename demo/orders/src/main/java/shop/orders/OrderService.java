package shop.orders;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClientException;

/** Places an order, and undoes what it did where the customer cannot be charged. */
@Service
class OrderService {
  private static final Logger LOG = LoggerFactory.getLogger(OrderService.class);

  private final OrderStore store;
  private final InventoryClient inventory;
  private final PaymentsClient payments;
  private final ExecutorService mailer = Executors.newFixedThreadPool(2);

  OrderService(OrderStore store, InventoryClient inventory, PaymentsClient payments) {
    this.store = store;
    this.inventory = inventory;
    this.payments = payments;
  }

  Order place(String customer, Order.Item item) {
    InventoryClient.Reservation reservation = inventory.reserve(item.sku(), item.quantity());
    long amount = reservation.priceCents() * item.quantity();
    long id = store.insert(customer, amount, item);
    LOG.info(
        "Order {} created for {}, {} × {}, EUR {}",
        id,
        customer,
        item.quantity(),
        item.sku(),
        euros(amount));
    try {
      payments.charge(new PaymentsClient.Charge(id, customer, amount));
    } catch (RestClientException e) {
      LOG.error(
          "Order {} failed: payment declined, reservation {} released", id, reservation.id(), e);
      inventory.release(reservation.id());
      store.setStatus(id, "FAILED");
      throw new PaymentFailedException(id, e);
    }
    store.setStatus(id, "PAID");
    mailer.execute(() -> confirm(id, customer));
    return store.find(id).orElseThrow();
  }

  private void confirm(long id, String customer) {
    LOG.info("Confirmation of order {} sent to {}", id, customer);
    store.setStatus(id, "CONFIRMED");
  }

  private static String euros(long cents) {
    return cents / 100 + "." + String.format("%02d", cents % 100);
  }
}
