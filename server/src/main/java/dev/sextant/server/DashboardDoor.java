package dev.sextant.server;

import dev.sextant.api.access.Principal;
import dev.sextant.server.access.Authenticator;
import dev.sextant.server.access.HostCheck;
import dev.sextant.server.access.SignedIdentity;
import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.ui.Dashboard;
import dev.sextant.ui.DashboardAccess;
import dev.sextant.ui.DashboardOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Starts the dashboard over the process's own tokens and ports. */
final class DashboardDoor {
  private DashboardDoor() {}

  static Dashboard open(
      ServerConfig.Listen listen,
      int apiPort,
      Authenticator authenticator,
      SignedIdentity identities,
      HostCheck hosts) {
    String api = listen.address().equals("0.0.0.0") ? "127.0.0.1" : listen.address();
    DashboardOptions options =
        new DashboardOptions(
            listen.address(),
            listen.ports().ui(),
            URI.create("http://" + api + ":" + apiPort),
            hosts.allowed(),
            false,
            Clock.systemUTC());
    try {
      return Dashboard.start(options, access(authenticator, identities));
    } catch (IOException e) {
      throw new ConfigException(
          "port "
              + listen.ports().ui()
              + " for the dashboard is taken by another process; choose another one, such as"
              + " --set listen.ports.ui=0 for any free port",
          e);
    }
  }

  private static DashboardAccess access(Authenticator authenticator, SignedIdentity identities) {
    return new DashboardAccess() {
      @Override
      public Optional<Principal> anonymous() {
        return authenticator.required() ? Optional.empty() : Optional.of(Authenticator.LOCAL);
      }

      @Override
      public Optional<Principal> authenticate(String token) {
        return authenticator.byToken(token);
      }

      @Override
      public boolean stillGranted(Principal principal) {
        return authenticator.grants(principal);
      }

      @Override
      public String sign(Principal principal) {
        return identities.sign(principal);
      }
    };
  }
}
