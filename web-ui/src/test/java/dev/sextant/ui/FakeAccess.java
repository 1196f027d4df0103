package dev.sextant.ui;

import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import java.util.Optional;
import java.util.Set;

/** One token, or none needed. */
final class FakeAccess implements DashboardAccess {
  static final String TOKEN = "sx_viewer_3f9a";

  private static final Principal VIEWER = new Principal("lin", Set.of(Role.VIEWER));

  private final boolean open;
  volatile boolean revoked;

  FakeAccess(boolean open) {
    this.open = open;
  }

  @Override
  public Optional<Principal> anonymous() {
    return open ? Optional.of(new Principal("anonymous", Set.of(Role.ADMIN))) : Optional.empty();
  }

  @Override
  public Optional<Principal> authenticate(String token) {
    return token.equals(TOKEN) && !revoked ? Optional.of(VIEWER) : Optional.empty();
  }

  @Override
  public boolean stillGranted(Principal principal) {
    return !revoked;
  }

  @Override
  public String sign(Principal principal) {
    return "signed for " + principal.name();
  }
}
