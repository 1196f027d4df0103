package dev.sextant.ui.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers the gateway gives by itself, in the form of Sextant's own API. */
final class Answers {
  private static final JsonMapper JSON = new JsonMapper();

  private Answers() {}

  static void error(Response response, Callback callback, int status, String code, String message) {
    json(response, callback, status, Map.of("error", Map.of("code", code, "message", message)));
  }

  static void json(Response response, Callback callback, int status, Object body) {
    try {
      text(response, callback, status, "application/json", JSON.writeValueAsString(body));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      callback.failed(e);
    }
  }

  static void text(Response response, Callback callback, int status, String type, String body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type + ";charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, body, callback);
  }

  static void redirect(Response response, Callback callback, String location) {
    response.setStatus(303);
    response.getHeaders().put(HttpHeader.LOCATION, location);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    callback.succeeded();
  }
}
