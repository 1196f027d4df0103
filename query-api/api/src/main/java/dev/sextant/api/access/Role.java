package dev.sextant.api.access;

/**
 * What a token may do; each is a right of its own except that an editor may view and an admin may
 * everything.
 */
public enum Role {
  /** Write telemetry. */
  INGEST,
  /** Read everything. */
  VIEWER,
  /** Read everything; change rules, silences and saved things. */
  EDITOR,
  /** Everything, the process itself included. */
  ADMIN;

  /** Whether who holds this role may do what {@code needed} asks. */
  public boolean covers(Role needed) {
    return this == needed || this == ADMIN || (this == EDITOR && needed == VIEWER);
  }
}
