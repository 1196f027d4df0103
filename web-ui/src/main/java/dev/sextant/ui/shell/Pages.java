package dev.sextant.ui.shell;

import com.vaadin.flow.di.LookupInitializer;
import com.vaadin.flow.server.InitParameters;
import com.vaadin.flow.server.VaadinServlet;
import com.vaadin.flow.server.startup.ErrorNavigationTargetInitializer;
import com.vaadin.flow.server.startup.LookupServletContainerInitializer;
import com.vaadin.flow.server.startup.RouteRegistryInitializer;
import com.vaadin.flow.server.startup.VaadinAppShellInitializer;
import dev.sextant.ui.gateway.Assets;
import dev.sextant.ui.i18n.Translations;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCookie;

/**
 * The servlet context of the Vaadin pages. Routes are named here rather than searched for on the
 * class path, which takes a second less to start.
 */
public final class Pages {
  static final String ASSETS = Assets.class.getName();

  private Pages() {}

  /**
   * @param secureCookies whether browsers come over TLS only
   */
  public static ServletContextHandler context(Assets assets, boolean secureCookies) {
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.setAttribute(ASSETS, assets);
    context.setClassLoader(Pages.class.getClassLoader());
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    var sessions = context.getSessionHandler();
    sessions.setHttpOnly(true);
    sessions.setSameSite(HttpCookie.SameSite.STRICT);
    sessions.getSessionCookieConfig().setSecure(secureCookies);
    sessions.setMaxInactiveInterval(30 * 60);
    context.addServletContainerInitializer(
        new LookupServletContainerInitializer(), LookupInitializer.class, PageInstantiator.class);
    context.addServletContainerInitializer(new RouteRegistryInitializer(), Routes.all());
    context.addServletContainerInitializer(new VaadinAppShellInitializer(), AppShell.class);
    context.addServletContainerInitializer(
        new ErrorNavigationTargetInitializer(), MissingPage.class);
    ServletHolder servlet = new ServletHolder("vaadin", VaadinServlet.class);
    servlet.setInitParameter(InitParameters.SERVLET_PARAMETER_PRODUCTION_MODE, "true");
    servlet.setInitParameter(InitParameters.I18N_PROVIDER, Translations.class.getName());
    servlet.setAsyncSupported(true);
    servlet.setInitOrder(1);
    context.addServlet(servlet, "/*");
    return context;
  }
}
