package dev.sextant.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The payment provider outside the shop: takes charges in some tens of milliseconds, or fails most
 * of them.
 */
final class Provider implements AutoCloseable {
  private final HttpServer server;
  private volatile boolean failing;

  Provider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/charges", this::charge);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void setFailing(boolean failing) {
    this.failing = failing;
  }

  private void charge(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      ThreadLocalRandom random = ThreadLocalRandom.current();
      boolean refused = failing && random.nextInt(10) < 8;
      Thread.sleep(refused ? random.nextLong(150, 400) : random.nextLong(15, 60));
      exchange.sendResponseHeaders(refused ? 503 : 201, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
