package dev.sextant.agent.core.weave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Decides, once per instrumentation and class loader, whether the library there has everything the
 * advice refers to. Where it has not, the instrumentation stays out as a whole, instead of failing
 * with a {@link LinkageError} in the middle of a request.
 */
final class ReferenceCheck {
  private static final boolean DEBUG = Boolean.getBoolean("otel.javaagent.debug");

  private final ClassFileLocator agentClasses;
  private final Map<String, Collection<Reference>> byLibrary = new HashMap<>();
  private final Map<ClassLoader, Map<String, Boolean>> byLoader = new WeakHashMap<>();
  private final Map<String, Boolean> ofBootstrap = new HashMap<>();

  ReferenceCheck(ClassFileLocator agentClasses) {
    this.agentClasses = agentClasses;
  }

  /**
   * @param types the class files that the loader sees
   */
  synchronized boolean hold(
      LibraryInstrumentation library, @Nullable ClassLoader loader, TypePool types) {
    Map<String, Boolean> known = loader == null ? ofBootstrap : byLoader.get(loader);
    if (known == null) {
      known = new HashMap<>();
      byLoader.put(loader, known);
    }
    Boolean holds = known.get(library.name());
    if (holds == null) {
      List<Reference> missing = missing(library, types);
      holds = missing.isEmpty();
      known.put(library.name(), holds);
      if (DEBUG && !holds) {
        System.err.println(
            "sextant-agent: " + library.name() + " is not applied, the library lacks " + missing);
      }
    }
    return holds;
  }

  private List<Reference> missing(LibraryInstrumentation library, TypePool types) {
    List<Reference> missing = new ArrayList<>();
    for (Reference reference : references(library)) {
      if (!reference.holds(types)) {
        missing.add(reference);
      }
    }
    return missing;
  }

  private Collection<Reference> references(LibraryInstrumentation library) {
    Collection<Reference> references = byLibrary.get(library.name());
    if (references == null) {
      try {
        references = ReferenceScan.of(library, agentClasses);
      } catch (IOException unreadable) {
        throw new IllegalStateException("references of " + library.name(), unreadable);
      }
      byLibrary.put(library.name(), Collections.unmodifiableCollection(references));
    }
    return references;
  }
}
