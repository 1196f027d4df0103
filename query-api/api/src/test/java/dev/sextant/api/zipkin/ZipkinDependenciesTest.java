package dev.sextant.api.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.TestApi;
import dev.sextant.api.service.DerivedSeries;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin2.DependencyLink;
import zipkin2.codec.DependencyLinkBytesDecoder;

class ZipkinDependenciesTest {
  @TempDir Path dir;

  @Test
  void links_areTheServiceGraphs() {
    try (TestApi api = new TestApi(dir)) {
      api.apply(
          new DerivedSeries()
              .served("shop", "GET", 3_600_000, age -> 30, age -> 0)
              .edge("user", "shop", "virtual_node", 30, 0)
              .edge("shop", "cart", "", 15, 3)
              .edge("cart", "orders", "database", 30, 0)
              .edge("cart", "pay.example", "virtual_node", 15, 0)
              .edge("cart", "idle", "", 0, 0)
              .edge("shop", "mail", "", 15, 3)
              .edge("shop", "mail", "messaging_system", 30, 3)
              .build());
      Map<String, DependencyLink> links = new TreeMap<>();
      byte[] body = api.raw("/zipkin/api/v2/dependencies?lookback=3600000").content().array();
      for (DependencyLink link : DependencyLinkBytesDecoder.JSON_V1.decodeList(body)) {
        assertThat(links.put(link.parent() + ">" + link.child(), link)).isNull();
      }
      assertThat(links.keySet())
          .containsExactly("cart>orders", "cart>pay.example", "shop>cart", "shop>mail");
      DependencyLink failing = links.get("shop>cart");
      assertThat(failing.callCount()).isPositive();
      assertThat((double) failing.errorCount() / failing.callCount()).isBetween(0.19, 0.21);
      assertThat(links.get("cart>orders").errorCount()).isZero();
      assertThat(links.get("cart>orders").callCount()).isEqualTo(2 * failing.callCount());
      DependencyLink both = links.get("shop>mail");
      assertThat(both.callCount()).isEqualTo(3 * failing.callCount());
      assertThat(both.errorCount())
          .isBetween(2 * failing.errorCount() - 1, 2 * failing.errorCount() + 1);
      var refused = api.raw("/zipkin/api/v2/dependencies?endTs=x");
      assertThat(refused.status().code()).isEqualTo(400);
    }
  }
}
