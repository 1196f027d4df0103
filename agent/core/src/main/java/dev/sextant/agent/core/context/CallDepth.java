package dev.sextant.agent.core.context;

/**
 * How deep the current thread is inside calls of one kind, so that of an overload that calls
 * another, or a wrapper that calls its delegate, only the outermost counts. Not for calls that a
 * virtual thread could leave on another thread's stack: enter and exit pair on one thread.
 */
public final class CallDepth {
  private final ThreadLocal<int[]> depth = new ThreadLocal<>();

  /** True if this is the outermost call. */
  public boolean enter() {
    int[] current = depth.get();
    if (current == null) {
      current = new int[1];
      depth.set(current);
    }
    return current[0]++ == 0;
  }

  /** Undoes one {@link #enter}. */
  public void exit() {
    int[] current = depth.get();
    if (current != null && --current[0] <= 0) {
      depth.remove();
    }
  }
}
