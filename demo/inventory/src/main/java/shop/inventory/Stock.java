package shop.inventory;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Stock and reservations in the database. */
@Repository
class Stock {
  private final JdbcTemplate jdbc;
  private volatile boolean slow;

  Stock(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  record Article(String sku, String name, int quantity, long priceCents) {}

  record Reservation(String id, String sku, int quantity, long priceCents) {}

  /** Makes look-ups of articles take a good part of a second, as without an index. */
  void setSlow(boolean slow) {
    this.slow = slow;
  }

  Optional<Article> find(String sku) {
    if (slow) {
      jdbc.execute("CALL PAUSE(600)");
    }
    return jdbc
        .query(
            "SELECT sku, name, quantity, price_cents FROM stock WHERE sku = ?",
            (row, i) ->
                new Article(row.getString(1), row.getString(2), row.getInt(3), row.getLong(4)),
            sku)
        .stream()
        .findFirst();
  }

  @Transactional
  public Optional<Reservation> reserve(String sku, int quantity) {
    Optional<Article> article = find(sku);
    if (article.isEmpty()) {
      return Optional.empty();
    }
    int taken =
        jdbc.update(
            "UPDATE stock SET quantity = quantity - ? WHERE sku = ? AND quantity >= ?",
            quantity,
            sku,
            quantity);
    if (taken == 0) {
      return Optional.empty();
    }
    String id = "rs_" + UUID.randomUUID().toString().substring(0, 8);
    jdbc.update("INSERT INTO reservations (id, sku, quantity) VALUES (?, ?, ?)", id, sku, quantity);
    return Optional.of(new Reservation(id, sku, quantity, article.get().priceCents()));
  }

  @Transactional
  public void release(String id) {
    jdbc.update(
        "UPDATE stock SET quantity = quantity + (SELECT quantity FROM reservations WHERE id = ?)"
            + " WHERE sku = (SELECT sku FROM reservations WHERE id = ?)",
        id,
        id);
    jdbc.update("DELETE FROM reservations WHERE id = ?", id);
  }
}
