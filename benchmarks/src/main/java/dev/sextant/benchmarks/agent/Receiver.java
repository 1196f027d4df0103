package dev.sextant.benchmarks.agent;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Where an agent sends its telemetry, in good and in bad states.
 *
 * @param port on loopback
 * @param open what listens there
 */
record Receiver(int port, AutoCloseable open) implements AutoCloseable {
  /** Takes everything. */
  static Receiver taking() throws IOException {
    return answering(200);
  }

  /** Answers every export with 429. */
  static Receiver refusing() throws IOException {
    return answering(429);
  }

  /** Nobody listens: connections are refused. */
  static Receiver absent() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Receiver(any.getLocalPort(), () -> {});
    }
  }

  /** Connections are accepted by the system, and nothing ever reads from them or answers. */
  static Receiver hung() throws IOException {
    ServerSocket silent = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    return new Receiver(silent.getLocalPort(), silent);
  }

  private static Receiver answering(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange;
              InputStream body = exchange.getRequestBody()) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
    return new Receiver(
        server.getAddress().getPort(),
        () -> {
          server.stop(0);
          threads.shutdownNow();
        });
  }

  @Override
  public void close() throws Exception {
    open.close();
  }
}
