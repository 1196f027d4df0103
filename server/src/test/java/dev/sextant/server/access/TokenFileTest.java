package dev.sextant.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.api.access.Role;
import dev.sextant.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private final String token = AccessToken.random();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Path file;

  @BeforeEach
  void writeFile(@TempDir Path dir) throws IOException {
    file = dir.resolve("tokens.yaml");
    write(token, "[viewer]", "");
  }

  private void write(String token, String roles, String more) throws IOException {
    Files.writeString(
        file,
        "tokens:\n  - {name: ci, sha256: "
            + AccessToken.hash(token)
            + ", roles: "
            + roles
            + more
            + "}\n");
  }

  @Test
  void find_knownToken_hasItsRoles() {
    var principal = new TokenFile(file, () -> now).find(token).orElseThrow();

    assertThat(principal.name()).isEqualTo("ci");
    assertThat(principal.may(Role.VIEWER)).isTrue();
    assertThat(principal.may(Role.INGEST)).isFalse();
  }

  @Test
  void find_otherTokenOrItsHash_isNobody() {
    TokenFile tokens = new TokenFile(file, () -> now);

    assertThat(tokens.find(AccessToken.random())).isEmpty();
    assertThat(tokens.find(AccessToken.hash(token))).isEmpty();
    assertThat(tokens.find("")).isEmpty();
  }

  @Test
  void find_expiredToken_isNobody() throws IOException {
    write(token, "[admin]", ", expires: \"2026-01-01T00:00:10Z\"");
    TokenFile tokens = new TokenFile(file, () -> now);

    assertThat(tokens.find(token)).isPresent();
    now = now.plusSeconds(10);
    assertThat(tokens.find(token)).isEmpty();
  }

  @Test
  void find_afterRevocation_isNobodyWithoutRestart() throws IOException {
    TokenFile tokens = new TokenFile(file, () -> now);
    assertThat(tokens.find(token)).isPresent();

    write(AccessToken.random(), "[viewer, ingest]", "");
    now = now.plusSeconds(1);

    assertThat(tokens.find(token)).isEmpty();
  }

  @Test
  void find_whenFileBreaks_letsNobodyIn() throws IOException {
    TokenFile tokens = new TokenFile(file, () -> now);
    Files.writeString(file, "tokens: [{name: broken");
    now = now.plusSeconds(1);

    assertThat(tokens.find(token)).isEmpty();

    write(token, "[viewer]", "");
    now = now.plusSeconds(1);
    assertThat(tokens.find(token)).isPresent();
  }

  @Test
  void open_plainTokenInsteadOfHash_isRefusedWithoutPrintingIt() throws IOException {
    Files.writeString(file, "tokens:\n  - {name: ci, sha256: " + token + ", roles: [viewer]}\n");

    assertThatThrownBy(() -> new TokenFile(file, () -> now))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("64 lower-case hexadecimal digits")
        .hasMessageNotContaining(token);
  }
}
