CREATE TABLE IF NOT EXISTS orders (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  customer VARCHAR(40) NOT NULL,
  status VARCHAR(20) NOT NULL,
  amount_cents BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS order_items (
  order_id BIGINT NOT NULL,
  sku VARCHAR(20) NOT NULL,
  quantity INT NOT NULL
);
CREATE INDEX IF NOT EXISTS orders_customer ON orders (customer);
CREATE INDEX IF NOT EXISTS order_items_order ON order_items (order_id);
