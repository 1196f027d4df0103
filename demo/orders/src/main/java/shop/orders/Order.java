package shop.orders;

import java.util.List;

/** An order as the API shows it. */
public record Order(long id, String customer, String status, long amountCents, List<Item> items) {
  public record Item(String sku, int quantity) {}
}
