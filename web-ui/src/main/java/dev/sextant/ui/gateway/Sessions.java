package dev.sextant.ui.gateway;

import dev.sextant.api.access.Principal;
import dev.sextant.ui.DashboardAccess;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Who is logged in. Sessions live in memory, end after 12 idle hours, and the one longest unused
 * goes first where there are 10,000. Safe for many threads.
 */
public final class Sessions {
  private static final String COOKIE = "sextant_session";
  private static final Duration IDLE = Duration.ofHours(12);
  private static final int MAX_SESSIONS = 10_000;

  /**
   * One browser's session.
   *
   * @param csrf what unsafe requests must repeat in a header
   */
  record Session(Principal principal, String csrf) {}

  private record Held(Session session, long lastUsedMillis) {}

  private final DashboardAccess access;
  private final Clock clock;
  private final boolean secure;
  private final SecureRandom random = new SecureRandom();
  private final String anonymousCsrf = token();
  private final Map<String, Held> held =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
          return size() > MAX_SESSIONS;
        }
      };

  /**
   * @param secure whether the cookie is for TLS only
   */
  public Sessions(DashboardAccess access, Clock clock, boolean secure) {
    this.access = access;
    this.clock = clock;
    this.secure = secure;
  }

  /** The session a request belongs to: its cookie's, else the anonymous one where there is one. */
  Optional<Session> of(Request request) {
    for (HttpCookie cookie : Request.getCookies(request)) {
      if (cookie.getName().equals(COOKIE)) {
        Optional<Session> session = find(cookie.getValue());
        if (session.isPresent()) {
          return session;
        }
      }
    }
    return access.anonymous().map(principal -> new Session(principal, anonymousCsrf));
  }

  /** Whether there is anything to log in to. */
  boolean loginNeeded() {
    return access.anonymous().isEmpty();
  }

  /** Logs in with a token; false where it stands for nobody. */
  boolean open(String token, Response response) {
    Optional<Principal> principal = access.authenticate(token);
    if (principal.isEmpty()) {
      return false;
    }
    String id = token();
    synchronized (held) {
      held.put(id, new Held(new Session(principal.get(), token()), clock.millis()));
    }
    Response.addCookie(response, cookie(id, -1));
    return true;
  }

  /** Forgets the request's session. */
  void close(Request request, Response response) {
    for (HttpCookie cookie : Request.getCookies(request)) {
      if (cookie.getName().equals(COOKIE)) {
        synchronized (held) {
          held.remove(cookie.getValue());
        }
      }
    }
    Response.addCookie(response, cookie("", 0));
  }

  private Optional<Session> find(String id) {
    synchronized (held) {
      Held found = held.get(id);
      if (found == null) {
        return Optional.empty();
      }
      long now = clock.millis();
      if (now - found.lastUsedMillis() > IDLE.toMillis()
          || !access.stillGranted(found.session().principal())) {
        held.remove(id);
        return Optional.empty();
      }
      held.put(id, new Held(found.session(), now));
      return Optional.of(found.session());
    }
  }

  private HttpCookie cookie(String value, long maxAge) {
    return HttpCookie.build(COOKIE, value)
        .httpOnly(true)
        .secure(secure)
        .sameSite(HttpCookie.SameSite.STRICT)
        .path("/")
        .maxAge(maxAge)
        .build();
  }

  private String token() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
