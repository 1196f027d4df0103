package dev.sextant.agent.instrumentation.springwebmvc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The two questions asked of a servlet request, whether it is {@code jakarta} or {@code javax}. */
final class ServletRequests {
  private static final MethodHandle ATTRIBUTE;
  private static final MethodHandle CONTEXT_PATH;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> request = requestType();
      ATTRIBUTE =
          lookup
              .findVirtual(
                  request, "getAttribute", MethodType.methodType(Object.class, String.class))
              .asType(MethodType.methodType(Object.class, Object.class, String.class));
      CONTEXT_PATH =
          lookup
              .findVirtual(request, "getContextPath", MethodType.methodType(String.class))
              .asType(MethodType.methodType(String.class, Object.class));
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError("no servlet API beside Spring MVC", missing);
    }
  }

  private ServletRequests() {}

  static @Nullable Object attribute(Object request, String name) throws Throwable {
    return ATTRIBUTE.invokeExact(request, name);
  }

  static String contextPath(Object request) throws Throwable {
    String path = (String) CONTEXT_PATH.invokeExact(request);
    return path == null ? "" : path;
  }

  private static Class<?> requestType() throws ClassNotFoundException {
    ClassLoader loader = ServletRequests.class.getClassLoader();
    try {
      return Class.forName("jakarta.servlet.http.HttpServletRequest", false, loader);
    } catch (ClassNotFoundException olderName) {
      return Class.forName("javax.servlet.http.HttpServletRequest", false, loader);
    }
  }
}
