package dev.sextant.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElasticsearchSettingsTest {
  private static final String SECRET = "canary-secret";

  private static ElasticsearchSettings settings(String url, String user, String key) {
    return new ElasticsearchSettings(
        List.of(URI.create(url)),
        user,
        SECRET,
        key,
        "sextant",
        false,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(settings("http://es:9200", "joe", "").toString())
        .contains("http://es:9200", "joe")
        .doesNotContain(SECRET);
    assertThat(settings("http://es:9200", "", SECRET).toString()).doesNotContain(SECRET);
  }

  @Test
  void aUserInTheAddressIsRefusedWithoutPrintingIt() {
    assertThatThrownBy(() -> settings("https://joe:" + SECRET + "@es:9200", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("elasticsearch.username")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void whatCannotWorkIsRefusedByTheNameOfItsSetting() {
    assertThatThrownBy(() -> ElasticsearchSettings.of()).hasMessageContaining("elasticsearch.urls");
    assertThatThrownBy(() -> ElasticsearchSettings.of("es:9200"))
        .hasMessageContaining("elasticsearch.urls")
        .hasMessageContaining("es:9200");
    assertThatThrownBy(() -> settings("http://es:9200", "joe", "key"))
        .hasMessageContaining("elasticsearch.api-key-file");
    assertThatThrownBy(() -> ElasticsearchSettings.of("http://es:9200").withIndexPrefix("Big"))
        .hasMessageContaining("elasticsearch.index-prefix")
        .hasMessageContaining("Big");
  }

  @Test
  void aClusterThatDoesNotAnswerIsNamedWithoutCredentials() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + closed;
    assertThatThrownBy(() -> RowStream.open(settings(url, "joe", ""), "rows", "journal", "{}"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(url)
        .hasMessageContaining("elasticsearch.urls")
        .hasMessageNotContaining(SECRET);
  }
}
