package dev.sextant.agent.core.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/** Which types to weave, by name or by super type, and what to weave into which methods. */
public final class TypeRule {
  /** One advice class for the methods that match. */
  static final class Weaving {
    final ElementMatcher<? super MethodDescription> methods;
    final String advice;

    Weaving(ElementMatcher<? super MethodDescription> methods, String advice) {
      this.methods = methods;
      this.advice = advice;
    }
  }

  final List<String> names;
  final @Nullable String superType;
  final List<String> nameHints;
  final List<String> excludedPrefixes = new ArrayList<>();
  final List<Weaving> weavings = new ArrayList<>();
  boolean inlined;

  private TypeRule(List<String> names, @Nullable String superType, List<String> nameHints) {
    this.names = names;
    this.superType = superType;
    this.nameHints = nameHints;
  }

  /** Types of exactly these names, wherever they are loaded. */
  public static TypeRule named(String... classNames) {
    return new TypeRule(Arrays.asList(classNames), null, Collections.<String>emptyList());
  }

  /**
   * Subtypes of a class or interface. Only classes whose simple name contains one of the hints are
   * looked at: walking the super types of every class of an application would cost its start-up
   * dearly.
   */
  public static TypeRule subtypesOf(String superType, String... nameHints) {
    return new TypeRule(Collections.<String>emptyList(), superType, Arrays.asList(nameHints));
  }

  /** Leaves out subtypes below a package, such as wrappers whose delegates are woven anyway. */
  public TypeRule except(String... prefixes) {
    excludedPrefixes.addAll(Arrays.asList(prefixes));
    return this;
  }

  /** Weaves the advice class of this name into the methods that match. */
  public TypeRule advise(ElementMatcher<? super MethodDescription> methods, String adviceClass) {
    weavings.add(new Weaving(methods, adviceClass));
    return this;
  }

  /**
   * Copies the advice's body instead of calling it: for classes of the JDK that linking itself
   * needs. Such advice refers to the JDK and to {@code dev.sextant.agent.bootstrap} only.
   */
  public TypeRule inlined() {
    inlined = true;
    return this;
  }

  boolean mayApplyTo(String className) {
    if (superType == null) {
      return false;
    }
    for (String prefix : excludedPrefixes) {
      if (className.startsWith(prefix)) {
        return false;
      }
    }
    String simple = className.substring(className.lastIndexOf('.') + 1);
    for (String hint : nameHints) {
      if (simple.contains(hint)) {
        return true;
      }
    }
    return false;
  }
}
