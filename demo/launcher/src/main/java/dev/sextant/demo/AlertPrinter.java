package dev.sextant.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A webhook's other end: prints the alerts that it gets. */
final class AlertPrinter implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final Consumer<String> say;

  AlertPrinter(Consumer<String> say) throws IOException {
    this.say = say;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      for (JsonNode alert : body.path("alerts")) {
        String text =
            alert.path("annotations").path("summary").asText(alert.path("labels").toString());
        say.accept(
            "ALERT "
                + alert.path("status").asText()
                + "  "
                + alert.path("labels").path("alertname").asText()
                + ": "
                + text);
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
