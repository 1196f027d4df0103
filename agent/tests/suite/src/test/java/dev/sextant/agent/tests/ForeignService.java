package dev.sextant.agent.tests;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** A server without the agent that keeps the headers of the newest request, in lower case. */
final class ForeignService implements AutoCloseable {
  private final HttpServer server;
  private final AtomicReference<Map<String, String>> headers = new AtomicReference<>(Map.of());

  ForeignService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> all.put(name.toLowerCase(), values.getFirst()));
          headers.set(all);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  Map<String, String> headers() {
    return headers.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
