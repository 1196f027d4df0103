package dev.sextant.api.access;

import java.util.Set;

/**
 * Someone who asks.
 *
 * @param name for logs; never a secret
 */
public record Principal(String name, Set<Role> roles) {
  public Principal {
    roles = Set.copyOf(roles);
  }

  public boolean may(Role needed) {
    return roles.stream().anyMatch(role -> role.covers(needed));
  }
}
