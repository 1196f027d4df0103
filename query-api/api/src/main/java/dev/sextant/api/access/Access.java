package dev.sextant.api.access;

/** On whose behalf, and in which tenant, a call runs. Every door of the facade takes one. */
public record Access(Principal principal, String tenant) {
  /** The only tenant there is yet. */
  public static final String DEFAULT_TENANT = "default";

  /**
   * Demands a role.
   *
   * @throws AccessDeniedException where the principal lacks it
   */
  public void require(Role role) {
    if (!principal.may(role)) {
      throw new AccessDeniedException(
          principal.name() + " needs the role " + role.name().toLowerCase(java.util.Locale.ROOT));
    }
    if (!tenant.equals(DEFAULT_TENANT)) {
      throw new AccessDeniedException(
          "unknown tenant '" + tenant + "': only '" + DEFAULT_TENANT + "' exists");
    }
  }
}
