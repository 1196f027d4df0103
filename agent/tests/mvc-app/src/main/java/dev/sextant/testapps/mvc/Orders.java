package dev.sextant.testapps.mvc;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads and writes orders in a database. */
@RestController
class Orders {
  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  private final JdbcTemplate jdbc;

  Orders(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    jdbc.execute("create table if not exists orders (id int primary key, item varchar(40))");
    jdbc.update("merge into orders values (1, 'sextant')");
  }

  @GetMapping("/orders/{id}")
  String order(@PathVariable int id) {
    LOG.info("looking for order {}", id);
    return jdbc.queryForList("select item from orders where id = ?", String.class, id).toString();
  }

  @GetMapping("/literal")
  String literal() {
    return jdbc.queryForObject(
        "select count(*) from orders where item = 'top secret' and id < 4711", String.class);
  }

  @GetMapping("/batch")
  String batch() {
    int[] counts =
        jdbc.batchUpdate(
            "merge into orders values (?, ?)",
            List.of(new Object[] {10, "a"}, new Object[] {11, "b"}, new Object[] {12, "c"}));
    return counts.length + " written";
  }

  @GetMapping("/broken-query")
  String brokenQuery() {
    try {
      return jdbc.queryForObject("select nothing from nowhere", String.class);
    } catch (RuntimeException failure) {
      LOG.error("query failed", failure);
      return "no table";
    }
  }

  @GetMapping("/many")
  String many(@RequestParam int queries) {
    for (int i = 0; i < queries; i++) {
      jdbc.queryForList("select id from orders where id = 1", Integer.class);
    }
    return queries + " queries";
  }

  @GetMapping("/boom")
  String boom() {
    throw new IllegalStateException("boom");
  }

  @GetMapping("/traceparent")
  String traceparent(@RequestHeader(name = "traceparent", defaultValue = "none") String header) {
    return header;
  }
}
