package dev.sextant.ui;

import dev.sextant.ui.gateway.ApiGateway;
import dev.sextant.ui.gateway.Assets;
import dev.sextant.ui.gateway.HostGuard;
import dev.sextant.ui.gateway.LoginPage;
import dev.sextant.ui.gateway.SessionGate;
import dev.sextant.ui.gateway.Sessions;
import dev.sextant.ui.shell.Pages;
import java.io.IOException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The dashboard's port: its pages, its scripts, the login, and the HTTP APIs passed through so that
 * a browser has one origin. Serves as soon as {@link #start} returned; {@link #close} ends running
 * requests.
 */
public final class Dashboard implements AutoCloseable {
  private static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final int MAX_THREADS = 48;

  private final Server server;
  private final ServerConnector connector;

  private Dashboard(DashboardOptions options, DashboardAccess access) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName("dashboard");
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    // A service's name, slashes included, is one segment of a path.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "names",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(options.address());
    connector.setPort(options.port());
    server.addConnector(connector);
    server.setHandler(handlers(options, access));
  }

  private static Handler handlers(DashboardOptions options, DashboardAccess access) {
    Assets assets = Assets.load();
    Sessions sessions = new Sessions(access, options.clock(), options.secureCookies());
    return new HostGuard(
        options.hosts(),
        new Handler.Sequence(
            assets,
            new LoginPage(sessions, assets, options.clock()),
            new ApiGateway(options.api(), sessions, access),
            new SessionGate(sessions, Pages.context(assets, options.secureCookies()))));
  }

  /**
   * Binds and serves.
   *
   * @throws IOException where the port cannot be bound; the message names it
   */
  public static Dashboard start(DashboardOptions options, DashboardAccess access)
      throws IOException {
    Dashboard dashboard = new Dashboard(options, access);
    try {
      dashboard.server.start();
      return dashboard;
    } catch (IOException e) {
      dashboard.close();
      throw e;
    } catch (Exception e) {
      dashboard.close();
      throw new IllegalStateException("the dashboard did not start", e);
    }
  }

  /** The port bound. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the dashboard did not stop cleanly", e);
    }
  }
}
