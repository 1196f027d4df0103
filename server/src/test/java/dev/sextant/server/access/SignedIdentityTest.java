package dev.sextant.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignedIdentityTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final SignedIdentity identities = new SignedIdentity(() -> now);
  private final Principal principal = new Principal("O|Brien\n", Set.of(Role.VIEWER, Role.INGEST));

  @Test
  void verify_ownSignature_givesThePrincipalBack() {
    assertThat(identities.verify(identities.sign(principal))).contains(principal);
  }

  @Test
  void verify_afterAMinute_isNobody() {
    String value = identities.sign(principal);
    now = now.plusSeconds(61);

    assertThat(identities.verify(value)).isEmpty();
  }

  @Test
  void verify_changedRolesOrForeignKey_isNobody() {
    String value = identities.sign(principal);

    assertThat(identities.verify(value.replace("INGEST", "ADMIN"))).isEmpty();
    assertThat(new SignedIdentity(() -> now).verify(value)).isEmpty();
    assertThat(identities.verify("")).isEmpty();
    assertThat(identities.verify("a|b|c|d")).isEmpty();
  }
}
