package dev.sextant.testapps.mvc;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Calls another service, through one client after the other. */
@RestController
class Calls {
  private final HttpClient java = HttpClient.newHttpClient();
  private final CloseableHttpClient apache = HttpClients.createDefault();

  @GetMapping("/call/{client}")
  String call(@PathVariable String client, @RequestParam URI url) throws Exception {
    try {
      return switch (client) {
        case "java" -> java.send(request(url), HttpResponse.BodyHandlers.ofString()).body();
        case "java-async" ->
            java.sendAsync(request(url), HttpResponse.BodyHandlers.ofString()).get().body();
        case "url" -> throughUrl(url);
        case "apache" ->
            apache.execute(
                new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
        default -> "unknown";
      };
    } catch (ExecutionException failure) {
      return failure.getCause().getClass().getSimpleName();
    } catch (IOException failure) {
      return failure.getClass().getSimpleName();
    }
  }

  private static HttpRequest request(URI url) {
    return HttpRequest.newBuilder(url).header("x-kept", "yes").build();
  }

  private static String throughUrl(URI url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    if (connection.getResponseCode() >= 400) {
      return "status " + connection.getResponseCode();
    }
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
