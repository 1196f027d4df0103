package dev.sextant.ui.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets only known sessions see the pages; others are sent to the login, and back afterwards. */
public final class SessionGate extends Handler.Wrapper {
  private final Sessions sessions;

  /**
   * @param next the pages
   */
  public SessionGate(Sessions sessions, Handler next) {
    super(next);
    this.sessions = sessions;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (sessions.of(request).isPresent()) {
      return super.handle(request, response, callback);
    }
    if (!request.getMethod().equals("GET")) {
      Answers.error(response, callback, 401, "unauthenticated", "log in at /login first");
      return true;
    }
    String wanted = request.getHttpURI().getPathQuery();
    Answers.redirect(
        response, callback, "/login?then=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
    return true;
  }
}
