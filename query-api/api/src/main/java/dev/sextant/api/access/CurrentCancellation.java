package dev.sextant.api.access;

import java.util.function.BooleanSupplier;

/**
 * Tells work on behalf of a request, however deep in the facade, that nobody waits for its answer
 * any more. Belongs to the thread that runs the request; work that goes on in another thread takes
 * {@link #current()} along.
 */
public final class CurrentCancellation {
  private static final ScopedValue<BooleanSupplier> CANCELED = ScopedValue.newInstance();

  private CurrentCancellation() {}

  /** Runs work that {@code canceled} may call off. */
  public static <T, X extends Throwable> T call(
      BooleanSupplier canceled, ScopedValue.CallableOp<? extends T, X> work) throws X {
    return ScopedValue.where(CANCELED, canceled).call(work);
  }

  /** Whether the running request was called off; outside of a request it never is. */
  public static BooleanSupplier current() {
    return CANCELED.orElse(() -> false);
  }
}
