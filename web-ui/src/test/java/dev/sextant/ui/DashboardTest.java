package dev.sextant.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.ui.fake.FakeApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The port itself: pages, scripts, hosts, login, and the APIs behind it. */
class DashboardTest {
  private static final FakeAccess LOCKED = new FakeAccess(false);
  private static FakeApi api;
  private static Dashboard open;
  private static Dashboard locked;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    api = FakeApi.start();
    open = Dashboard.start(DashboardOptions.loopback(0, api.address()), new FakeAccess(true));
    locked = Dashboard.start(DashboardOptions.loopback(0, api.address()), LOCKED);
  }

  @AfterAll
  static void stop() {
    open.close();
    locked.close();
    api.close();
  }

  @Test
  void page_isHtmlWithTextsInTheBrowsersLanguage() throws Exception {
    HttpResponse<String> page =
        send(get(open, "/logs").header("Accept-Language", "zh-CN,zh;q=0.9"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type"))
        .hasValueSatisfying(t -> assertThat(t).startsWith("text/html"));
    assertThat(page.body()).contains("lang=\"zh\"").contains("日志").contains("/sx/sextant-");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(p -> assertThat(p).contains("frame-ancestors 'none'"));
  }

  @Test
  void assets_areServedByTheirHashAndNothingElseIs() throws Exception {
    Matcher script =
        Pattern.compile("src=\"(/sx/sextant-[0-9a-f]+\\.js)\"")
            .matcher(send(get(open, "/services")).body());
    assertThat(script.find()).isTrue();
    HttpResponse<String> found = send(get(open, script.group(1)));
    HttpResponse<String> missing = send(get(open, "/sx/sextant-000000.js"));

    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.headers().firstValue("Content-Type"))
        .contains("text/javascript;charset=utf-8");
    assertThat(found.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(c -> assertThat(c).contains("immutable"));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Content-Type"))
        .hasValueSatisfying(t -> assertThat(t).startsWith("application/json"));
  }

  @Test
  void host_thatIsNotListed_isRefused() throws Exception {
    HttpResponse<String> answer = send(get(open, "/services").header("Host", "rebound.example"));

    assertThat(answer.statusCode()).isEqualTo(421);
    assertThat(answer.body()).contains("rebound.example").contains("listen.allowed-hosts");
  }

  @Test
  void api_isPassedThroughWithASignedIdentityAndWithoutWhatTheClientClaimed() throws Exception {
    HttpResponse<String> answer =
        send(
            get(open, "/sextant/v1/alerts?x=1")
                .header("X-Sextant-Identity", "forged")
                .header("X-Sextant-Role", "admin")
                .header("X-Scope-OrgID", "default")
                .header("Cookie", "other=1"));

    assertThat(answer.statusCode()).isEqualTo(200);
    FakeApi.Seen seen = seen("/sextant/v1/alerts?x=1");
    assertThat(seen.headers().get("X-sextant-identity")).isEqualTo(List.of("signed for anonymous"));
    assertThat(seen.headers()).doesNotContainKeys("X-sextant-role", "Cookie");
    assertThat(seen.headers().get("X-scope-orgid")).isEqualTo(List.of("default"));
  }

  @Test
  void api_unknownPath_isTheApisJson404() throws Exception {
    HttpResponse<String> answer = send(get(open, "/loki/api/v1/nothing"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void api_unsafeMethodWithoutTheSessionsToken_isRefused() throws Exception {
    HttpResponse<String> bare = send(post(open, "/sextant/v1/echo"));
    HttpResponse<String> fromPage =
        send(post(open, "/sextant/v1/echo").header("Sec-Fetch-Site", "same-origin"));
    HttpResponse<String> foreign =
        send(post(open, "/sextant/v1/echo").header("Sec-Fetch-Site", "cross-site"));
    String csrf = send(get(open, "/session")).body().replaceAll(".*\"csrf\":\"([^\"]+)\".*", "$1");
    HttpResponse<String> proper =
        send(
            post(open, "/sextant/v1/echo")
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-Sextant-CSRF", csrf));

    assertThat(bare.statusCode()).isEqualTo(403);
    assertThat(fromPage.statusCode()).isEqualTo(403);
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(proper.statusCode()).isEqualTo(200);
    assertThat(proper.body()).contains("\"length\":2");
  }

  @Test
  void api_callerWithItsOwnToken_isPassedAsItIs() throws Exception {
    HttpResponse<String> answer =
        send(post(locked, "/sextant/v1/echo").header("Authorization", "Bearer agent-7"));

    assertThat(answer.statusCode()).isEqualTo(200);
    FakeApi.Seen seen = api.seen().getLast();
    assertThat(seen.headers().get("Authorization")).isEqualTo(List.of("Bearer agent-7"));
    assertThat(seen.headers()).doesNotContainKey("X-sextant-identity");
  }

  @Test
  void api_answerIsStreamed() throws Exception {
    HttpResponse<java.io.InputStream> answer =
        client.send(get(open, "/sextant/v1/stream").build(), BodyHandlers.ofInputStream());

    try (var lines = new java.io.BufferedReader(new java.io.InputStreamReader(answer.body()))) {
      assertThat(lines.readLine()).isEqualTo("{\"line\":1}");
      api.release();
      assertThat(lines.readLine()).isEqualTo("{\"line\":2}");
    }
  }

  @Test
  void api_nameWithASlashStaysOneSegment() throws Exception {
    send(get(open, "/sextant/v1/services/shop%2Forders"));

    assertThat(seen("/sextant/v1/services/shop%2Forders").method()).isEqualTo("GET");
  }

  @Test
  void locked_sendsBrowsersToTheLoginAndApisA401() throws Exception {
    HttpResponse<String> page = send(get(locked, "/traces?error=true"));
    HttpResponse<String> answer = send(get(locked, "/sextant/v1/services"));

    assertThat(page.statusCode()).isEqualTo(303);
    assertThat(page.headers().firstValue("Location"))
        .contains("/login?then=%2Ftraces%3Ferror%3Dtrue");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("unauthenticated");
  }

  @Test
  void login_opensASessionThatEndsWhenItsTokenIsRevoked() throws Exception {
    HttpResponse<String> in = login(locked, FakeAccess.TOKEN, "/traces");
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    String session = cookie.substring(0, cookie.indexOf(';'));

    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).contains("/traces");
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
    assertThat(send(get(locked, "/services").header("Cookie", session)).statusCode())
        .isEqualTo(200);

    LOCKED.revoked = true;
    try {
      assertThat(send(get(locked, "/services").header("Cookie", session)).statusCode())
          .isEqualTo(303);
    } finally {
      LOCKED.revoked = false;
    }
  }

  @Test
  void login_wrongToken_isToldAndNeverLeadsToAnotherSite() throws Exception {
    HttpResponse<String> wrong = login(locked, "guess", "/traces");
    HttpResponse<String> away = login(locked, FakeAccess.TOKEN, "//evil.example");

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(wrong.body()).contains("not known");
    assertThat(away.headers().firstValue("Location")).contains("/");
  }

  private FakeApi.Seen seen(String path) {
    return api.seen().stream().filter(s -> s.path().equals(path)).findFirst().orElseThrow();
  }

  private HttpResponse<String> login(Dashboard at, String token, String then) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(at, "/login"))
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("token=" + token + "&then=" + then)));
  }

  private static HttpRequest.Builder get(Dashboard at, String path) {
    return HttpRequest.newBuilder(uri(at, path));
  }

  private static HttpRequest.Builder post(Dashboard at, String path) {
    return get(at, path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{}"));
  }

  private static URI uri(Dashboard at, String path) {
    return URI.create("http://localhost:" + at.port() + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
