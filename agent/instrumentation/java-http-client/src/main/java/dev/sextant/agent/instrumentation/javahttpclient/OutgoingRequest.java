package dev.sextant.agent.instrumentation.javahttpclient;

import dev.sextant.agent.core.http.HttpClientRequest;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests are immutable: headers are collected here and go into a copy. */
final class OutgoingRequest implements HttpClientRequest {
  private final HttpRequest request;
  private final Map<String, String> added = new LinkedHashMap<>();

  OutgoingRequest(HttpRequest request) {
    this.request = request;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String url() {
    return request.uri().toString();
  }

  @Override
  public @Nullable String host() {
    return request.uri().getHost();
  }

  @Override
  public int port() {
    return request.uri().getPort();
  }

  @Override
  public void setHeader(String name, String value) {
    added.put(name, value);
  }

  HttpRequest withHeaders() {
    HttpRequest.Builder copy = copy();
    added.forEach(copy::setHeader);
    return copy.build();
  }

  private HttpRequest.Builder copy() {
    try {
      return HttpRequest.newBuilder(request, (name, value) -> true);
    } catch (NoSuchMethodError beforeJava16) {
      return copyByHand();
    }
  }

  private HttpRequest.Builder copyByHand() {
    HttpRequest.Builder copy = HttpRequest.newBuilder(request.uri());
    copy.expectContinue(request.expectContinue());
    request.version().ifPresent(copy::version);
    request.timeout().ifPresent(copy::timeout);
    for (Map.Entry<String, List<String>> header : request.headers().map().entrySet()) {
      for (String value : header.getValue()) {
        copy.header(header.getKey(), value);
      }
    }
    if (request.bodyPublisher().isPresent()) {
      return copy.method(request.method(), request.bodyPublisher().get());
    }
    return request.method().equals("GET")
        ? copy.GET()
        : copy.method(request.method(), HttpRequest.BodyPublishers.noBody());
  }
}
