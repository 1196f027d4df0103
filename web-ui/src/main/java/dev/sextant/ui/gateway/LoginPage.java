package dev.sextant.ui.gateway;

import dev.sextant.ui.i18n.Texts;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /login} shows the form, {@code POST /login} takes the token and sends the browser
 * where it wanted to go, {@code POST /logout} ends the session, {@code GET /session} tells the
 * page's scripts who is logged in and what unsafe requests must repeat.
 */
public final class LoginPage extends Handler.Abstract {
  private static final int MAX_FORM_BYTES = 8 * 1024;

  private final Sessions sessions;
  private final Assets assets;
  private final LoginLimit limit;

  /**
   * @param assets where the style sheet is
   */
  public LoginPage(Sessions sessions, Assets assets, Clock clock) {
    this.sessions = sessions;
    this.assets = assets;
    this.limit = new LoginLimit(clock);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    switch (request.getMethod() + " " + path) {
      case "GET /session" -> session(request, response, callback);
      case "GET /login" -> form(request, response, callback, 200, "");
      case "POST /login" -> login(request, response, callback);
      case "POST /logout" -> {
        if (ownPage(request, response, callback)) {
          sessions.close(request, response);
          Answers.redirect(response, callback, "/login");
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void session(Request request, Response response, Callback callback) {
    Optional<Sessions.Session> session = sessions.of(request);
    if (session.isEmpty()) {
      Answers.error(response, callback, 401, "unauthenticated", "log in at /login");
      return;
    }
    Answers.json(
        response,
        callback,
        200,
        Map.of(
            "name",
            session.get().principal().name(),
            "csrf",
            session.get().csrf(),
            "loginNeeded",
            sessions.loginNeeded()));
  }

  private void login(Request request, Response response, Callback callback) {
    if (!ownPage(request, response, callback)) {
      return;
    }
    String from = Request.getRemoteAddr(request);
    if (!limit.allows(from)) {
      form(request, response, callback, 429, "login.tooMany");
      return;
    }
    Fields fields = FormFields.getFields(request, 4, MAX_FORM_BYTES);
    String token = fields.getValue("token");
    if (token != null && sessions.open(token.strip(), response)) {
      limit.succeeded(from);
      Answers.redirect(response, callback, then(fields.getValue("then")));
    } else {
      limit.failed(from);
      form(request, response, callback, 401, "login.unknown");
    }
  }

  private static boolean ownPage(Request request, Response response, Callback callback) {
    if ("same-origin".equals(request.getHeaders().get("Sec-Fetch-Site"))) {
      return true;
    }
    Answers.error(
        response, callback, 403, "forbidden", "only the dashboard's own page may do this");
    return false;
  }

  /** Only a path of our own: never another site's address. */
  private static String then(@Nullable String wanted) {
    boolean own =
        wanted != null
            && wanted.startsWith("/")
            && !wanted.startsWith("//")
            && wanted.indexOf('\\') < 0
            && wanted.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    return own && wanted != null ? wanted : "/";
  }

  private void form(
      Request request, Response response, Callback callback, int status, String problem) {
    Map<String, String> texts =
        Texts.of(Texts.choose(cookie(request), Request.getLocales(request)));
    String then = Request.extractQueryParameters(request).getValue("then");
    String body =
        PAGE.replace("{style}", assets.style())
            .replace("{title}", escape(texts.get("login.title")))
            .replace("{hint}", escape(texts.get("login.hint")))
            .replace("{label}", escape(texts.get("login.token")))
            .replace("{button}", escape(texts.get("login.button")))
            .replace("{problem}", problem.isEmpty() ? "" : escape(texts.get(problem)))
            .replace("{then}", escape(then(then)));
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, body, callback);
  }

  private static @Nullable String cookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(Texts.COOKIE))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse(null);
  }

  private static String escape(@Nullable String text) {
    return String.valueOf(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static final String PAGE =
      """
      <!doctype html><html><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Sextant</title><link rel="icon" href="/sx/favicon.svg">
      <link rel="stylesheet" href="{style}"></head><body>
      <main class="login"><form class="panel" method="post" action="/login">
      <h1>{title}</h1><p class="mute">{hint}</p>
      <label for="token">{label}</label>
      <input class="field" id="token" name="token" type="password" required autofocus
       autocomplete="current-password">
      <input type="hidden" name="then" value="{then}">
      <p class="err" role="alert">{problem}</p>
      <button class="btn pri">{button}</button>
      </form></main></body></html>
      """;
}
