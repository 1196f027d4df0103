package dev.sextant.collector.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  private static boolean isValue(String segment) {
    byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
    return Values.isValue(bytes, 0, bytes.length, PathBytes.kinds(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "8213",
        "-5",
        "1.5",
        "52.5200,13.4050",
        "2024-05-01",
        "20240501",
        "2024-W05",
        "2024-05-01T12:00:00Z",
        "12:30",
        "192.168.0.1",
        "9b2d3c44-0b0f-4d0a-9c56-0a6ad0b6a3de",
        "9B2D3C440B0F4D0A9C560A6AD0B6A3DE",
        "507f1f77bcf86cd799439011",
        "a1b2c3d4",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "deadbeefdeadbeef",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "0ujsswThIGTUYm2K8FjOOfXtY1K",
        "dQw4w9WgXcQ",
        "cs_test_a1B2c3D4e5F6",
        "eyJhbGciOiJIUzI1NiJ9",
        "V1StGXR8_Z5jdHi6B-myT",
        "ada@example.com",
        "ada.lovelace@example.com",
        "order-8213",
        "SKU_00017",
        "INV-2024-17",
        "user_417",
        "blue%20shirt",
        "%D0%B0",
        "sha-256",
      })
  void value(String segment) {
    assertThat(isValue(segment)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orders",
        "getCustomerOrdersByRegion",
        "my-long-resource-name",
        "order_items",
        "v1",
        "V2",
        "v2.1",
        "v1beta1",
        "v1alpha12",
        "api2",
        "oauth2",
        "oauth2Authorization",
        "sha256",
        "base64",
        "utf-8",
        "x509",
        "s3",
        "k8s",
        "i18n",
        "e2e",
        "h264",
        "mp4",
        "ipv6",
        "top10",
        "top-10-products",
        "covid-19",
        "2fa",
        "3d",
        "step1",
        "deadbeef",
        "facade",
        "com.example.Cart",
        "grpc.health.v1.Health",
        "$metadata",
        "@me",
        "@babel",
        "söker",
        "日本",
        "robots.txt",
        "jquery-3.6.0.min",
        "de-DE",
        "getHtml5VideoPlayerConfig",
        "getCustomerDetailsByIdV2",
        "getHTTPStatusFromXMLDocument",
      })
  void word(String segment) {
    assertThat(isValue(segment)).isFalse();
  }

  @Test
  void randomIds_areValues() {
    Random random = new Random(7);
    assertThat(missed(() -> new UUID(random.nextLong(), random.nextLong()).toString())).isZero();
    assertThat(missed(() -> Long.toHexString(random.nextLong() | 1L << 63))).isLessThan(5);
    assertThat(missed(() -> token(random, 27, 62))).isLessThan(300);
    assertThat(missed(() -> token(random, 22, 64))).isLessThan(400);
    assertThat(missed(() -> token(random, 26, 32))).isLessThan(30);
  }

  /** Of ten thousand. */
  private static int missed(java.util.function.Supplier<String> ids) {
    int missed = 0;
    for (int i = 0; i < 10_000; i++) {
      missed += isValue(ids.get()) ? 0 : 1;
    }
    return missed;
  }

  private static String token(Random random, int length, int letters) {
    String alphabet =
        letters == 32
            ? "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
            : "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < length; i++) {
      token.append(alphabet.charAt(random.nextInt(letters)));
    }
    return token.toString();
  }
}
