package dev.sextant.ui;

import dev.sextant.api.access.Principal;
import java.util.Optional;

/** Who may use the dashboard; the server implements it over its tokens. Safe for many threads. */
public interface DashboardAccess {
  /** Who a browser without a session is; empty where a login is demanded. */
  Optional<Principal> anonymous();

  /** Whom a token stands for; empty where it stands for nobody. Takes the same time either way. */
  Optional<Principal> authenticate(String token);

  /**
   * Whether someone who logged in earlier still may, asked on every request: a revoked token ends
   * its sessions at once.
   */
  boolean stillGranted(Principal principal);

  /**
   * The value of {@link #IDENTITY_HEADER} that the HTTP APIs believe for this principal, for as
   * long as a request takes to arrive.
   */
  String sign(Principal principal);

  /** Carries the signed identity from the dashboard's pass-through to the HTTP APIs. */
  String IDENTITY_HEADER = "X-Sextant-Identity";
}
