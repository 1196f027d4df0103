package shop.orders;

import java.sql.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Orders in the database. */
@Repository
class OrderStore {
  private final JdbcTemplate jdbc;

  OrderStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  long insert(String customer, long amountCents, Order.Item item) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO orders (customer, status, amount_cents) VALUES (?, 'NEW', ?)",
                  new String[] {"ID"});
          insert.setString(1, customer);
          insert.setLong(2, amountCents);
          return insert;
        },
        key);
    long id = key.getKey().longValue();
    jdbc.update(
        "INSERT INTO order_items (order_id, sku, quantity) VALUES (?, ?, ?)",
        id,
        item.sku(),
        item.quantity());
    return id;
  }

  void setStatus(long id, String status) {
    jdbc.update("UPDATE orders SET status = ? WHERE id = ?", status, id);
  }

  Optional<Order> find(long id) {
    return jdbc
        .query(
            "SELECT id, customer, status, amount_cents FROM orders WHERE id = ?",
            (row, i) ->
                new Order(
                    row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), items(id)),
            id)
        .stream()
        .findFirst();
  }

  List<Order.Item> items(long orderId) {
    return jdbc.query(
        "SELECT sku, quantity FROM order_items WHERE order_id = ?",
        (row, i) -> new Order.Item(row.getString(1), row.getInt(2)),
        orderId);
  }

  /** A customer's latest orders with one statement. */
  List<Order> listJoined(String customer) {
    Map<Long, Order> orders = new LinkedHashMap<>();
    jdbc.query(
        "SELECT o.id, o.customer, o.status, o.amount_cents, i.sku, i.quantity FROM orders o"
            + " JOIN order_items i ON i.order_id = o.id WHERE o.customer = ?"
            + " ORDER BY o.id DESC FETCH FIRST 25 ROWS ONLY",
        row -> {
          Order.Item item = new Order.Item(row.getString(5), row.getInt(6));
          Order order =
              new Order(
                  row.getLong(1),
                  row.getString(2),
                  row.getString(3),
                  row.getLong(4),
                  List.of(item));
          orders.put(order.id(), order);
        },
        customer);
    return List.copyOf(orders.values());
  }

  /** The same with a statement for each order: what an eager mapper does by accident. */
  List<Order> listOneByOne(String customer) {
    return jdbc
        .queryForList(
            "SELECT id FROM orders WHERE customer = ? ORDER BY id DESC FETCH FIRST 25 ROWS ONLY",
            Long.class,
            customer)
        .stream()
        .flatMap(id -> find(id).stream())
        .toList();
  }
}
