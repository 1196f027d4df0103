package dev.sextant.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignedIdentityTest {
  private static final Instant NOW = Instant.parse("2026-11-20T14:00:00Z");
  private static final Principal LIN =
      new Principal("lin.chen@shop", Set.of(Role.VIEWER, Role.INGEST));

  private final byte[] secret = new byte[32];
  private final SignedIdentity signed = at(NOW);

  @Test
  void verify_givesBackWhoWasSigned() {
    assertThat(signed.verify(signed.sign(LIN))).contains(LIN);
  }

  @Test
  void verify_refusesAlteredRoles() {
    String altered = signed.sign(LIN).replace("viewer", "admin");

    assertThat(signed.verify(altered)).isEmpty();
  }

  @Test
  void verify_refusesAnotherProcessesSecret() {
    byte[] other = new byte[32];
    other[31] = 1;
    String foreign = new SignedIdentity(other, Clock.fixed(NOW, ZoneOffset.UTC)).sign(LIN);

    assertThat(signed.verify(foreign)).isEmpty();
  }

  @Test
  void verify_refusesAfterItsTime() {
    String header = signed.sign(LIN);

    assertThat(at(NOW.plus(SignedIdentity.VALIDITY)).verify(header)).isPresent();
    assertThat(at(NOW.plus(SignedIdentity.VALIDITY).plusMillis(1)).verify(header)).isEmpty();
  }

  @Test
  void verify_refusesWhatIsNoIdentity() {
    assertThat(signed.verify("")).isEmpty();
    assertThat(signed.verify("a.b.c.d")).isEmpty();
    assertThat(signed.verify("....")).isEmpty();
    assertThat(signed.verify("%%%")).isEmpty();
  }

  private SignedIdentity at(Instant now) {
    return new SignedIdentity(secret, Clock.fixed(now, ZoneOffset.UTC));
  }
}
