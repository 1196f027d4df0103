package dev.sextant.agent.core.weave;

import java.util.Objects;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/** A class of a library that advice refers to, or a method or field of it. */
final class Reference {
  private final String type;
  private final @Nullable String member;
  private final @Nullable String descriptor;

  private Reference(String type, @Nullable String member, @Nullable String descriptor) {
    this.type = type;
    this.member = member;
    this.descriptor = descriptor;
  }

  static Reference toType(String type) {
    return new Reference(type, null, null);
  }

  static Reference toMember(String type, String member, String descriptor) {
    return new Reference(type, member, descriptor);
  }

  /** Whether the library, as its class files stand, has what is referred to. */
  boolean holds(TypePool types) {
    TypePool.Resolution resolution = types.describe(type);
    if (!resolution.isResolved()) {
      return false;
    }
    return member == null || isDeclaredIn(resolution.resolve());
  }

  private boolean isDeclaredIn(TypeDescription start) {
    for (TypeDefinition each = start; each != null; each = each.getSuperClass()) {
      TypeDescription erasure = each.asErasure();
      if (declares(erasure)) {
        return true;
      }
      for (TypeDescription.Generic parent : erasure.getInterfaces()) {
        if (isDeclaredIn(parent.asErasure())) {
          return true;
        }
      }
    }
    return start.isInterface() && declares(TypeDescription.ForLoadedType.of(Object.class));
  }

  private boolean declares(TypeDescription declaring) {
    for (MethodDescription method : declaring.getDeclaredMethods()) {
      if (method.getInternalName().equals(member) && method.getDescriptor().equals(descriptor)) {
        return true;
      }
    }
    for (FieldDescription field : declaring.getDeclaredFields()) {
      if (field.getInternalName().equals(member) && field.getDescriptor().equals(descriptor)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reference
        && ((Reference) other).type.equals(type)
        && Objects.equals(((Reference) other).member, member)
        && Objects.equals(((Reference) other).descriptor, descriptor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, member, descriptor);
  }

  @Override
  public String toString() {
    return member == null ? type : type + "." + member + (member.isEmpty() ? "" : descriptor);
  }
}
