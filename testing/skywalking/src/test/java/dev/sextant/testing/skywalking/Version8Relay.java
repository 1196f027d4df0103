package dev.sextant.testing.skywalking;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import org.apache.skywalking.apm.agent.core.boot.ServiceManager;
import org.apache.skywalking.apm.agent.core.conf.SnifferConfigInitializer;
import org.apache.skywalking.apm.agent.core.context.CarrierItem;
import org.apache.skywalking.apm.agent.core.context.ContextCarrier;
import org.apache.skywalking.apm.agent.core.context.ContextManager;
import org.apache.skywalking.apm.agent.core.context.tag.Tags;
import org.apache.skywalking.apm.agent.core.context.trace.AbstractSpan;
import org.apache.skywalking.apm.agent.core.context.trace.SpanLayer;
import org.apache.skywalking.apm.agent.core.plugin.loader.AgentClassLoader;
import org.apache.skywalking.apm.network.trace.component.ComponentsDefine;

/**
 * Fetches the URL that {@code /relay?TARGET} names. Tracer, buffer, gRPC and every service that
 * reports are those of the agent of version 8; the spans are begun here, where the agent's plugins
 * would begin them.
 */
final class Version8Relay {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Version8Relay() {}

  public static void main(String[] args) throws Exception {
    SnifferConfigInitializer.initializeCoreConfig("");
    AgentClassLoader.initDefaultLoader();
    ServiceManager.INSTANCE.boot();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/relay", Version8Relay::relay);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("READY " + server.getAddress().getPort());
  }

  private static void relay(HttpExchange exchange) throws IOException {
    ContextCarrier carrier = new ContextCarrier();
    for (CarrierItem item = carrier.items(); item.hasNext(); ) {
      item = item.next();
      item.setHeadValue(exchange.getRequestHeaders().getFirst(item.getHeadKey()));
    }
    AbstractSpan span = ContextManager.createEntrySpan("GET:/relay", carrier);
    Tags.URL.set(span, "http://localhost" + exchange.getRequestURI());
    Tags.HTTP.METHOD.set(span, "GET");
    span.setComponent(ComponentsDefine.SPRING_MVC_ANNOTATION);
    SpanLayer.asHttp(span);
    try (exchange) {
      byte[] answer = fetch(URI.create(exchange.getRequestURI().getQuery()));
      Tags.STATUS_CODE.set(span, "200");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } finally {
      ContextManager.stopSpan();
    }
  }

  private static byte[] fetch(URI target) throws IOException {
    ContextCarrier carrier = new ContextCarrier();
    AbstractSpan span =
        ContextManager.createExitSpan(
            target.getPath(), carrier, target.getHost() + ":" + target.getPort());
    span.setComponent(ComponentsDefine.HTTPCLIENT);
    Tags.URL.set(span, target.toString());
    Tags.HTTP.METHOD.set(span, "GET");
    SpanLayer.asHttp(span);
    HttpRequest.Builder request = HttpRequest.newBuilder(target);
    for (CarrierItem item = carrier.items(); item.hasNext(); ) {
      item = item.next();
      request.header(item.getHeadKey(), item.getHeadValue());
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body();
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      ContextManager.stopSpan();
    }
  }
}
