package dev.sextant.server.access;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends a request: by the dashboard's signed identity, or by a token as {@code
 * Authorization: Bearer}, as the password of {@code Basic}, or alone as {@code Authentication} (for
 * clients that know nothing else, such as SkyWalking's agents). Where no tokens are configured,
 * everyone who can connect is the local administrator. Thread-safe.
 */
public final class Authenticator {
  /** Whoever connects where no tokens are configured. */
  public static final Principal LOCAL = new Principal("local", Set.of(Role.ADMIN));

  /** What SkyWalking's agents send, from their setting {@code agent.authentication}. */
  private static final String AUTHENTICATION = "authentication";

  private final @Nullable TokenFile tokens;
  private final SignedIdentity identities;

  public Authenticator(@Nullable TokenFile tokens, SignedIdentity identities) {
    this.tokens = tokens;
    this.identities = identities;
  }

  /** Whether a token is needed at all. */
  public boolean required() {
    return tokens != null;
  }

  /** Who sent the request; empty where nobody known did. */
  public Optional<Principal> authenticate(RequestHeaders headers) {
    String identity = headers.get(SignedIdentity.HEADER);
    if (identity != null) {
      return identities.verify(identity);
    }
    return tokens == null ? Optional.of(LOCAL) : token(headers).flatMap(this::byToken);
  }

  /** Whom a token stands for. */
  public Optional<Principal> byToken(String token) {
    return tokens == null ? Optional.of(LOCAL) : tokens.find(token);
  }

  /** Whether someone who came in earlier still may. */
  public boolean grants(Principal principal) {
    return tokens == null ? principal.equals(LOCAL) : tokens.grants(principal);
  }

  private static Optional<String> token(RequestHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (authorization == null) {
      return Optional.ofNullable(headers.get(AUTHENTICATION)).map(String::trim);
    }
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(authorization.substring(7).trim());
    }
    if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return basicPassword(authorization.substring(6).trim());
    }
    return Optional.empty();
  }

  private static Optional<String> basicPassword(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return Optional.of(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
