package dev.sextant.testing.skywalking.plugin;

import java.lang.reflect.Method;
import org.apache.skywalking.apm.agent.core.context.ContextManager;
import org.apache.skywalking.apm.agent.core.plugin.interceptor.enhance.EnhancedInstance;
import org.apache.skywalking.apm.agent.core.plugin.interceptor.enhance.InstanceMethodsAroundInterceptor;
import org.apache.skywalking.apm.agent.core.plugin.interceptor.enhance.MethodInterceptResult;

/** A span for each call of a method. */
abstract class SpanAround implements InstanceMethodsAroundInterceptor {
  abstract void begin(Object target, Object[] arguments) throws ReflectiveOperationException;

  abstract void end(Object[] arguments, Object result) throws ReflectiveOperationException;

  @Override
  public final void beforeMethod(
      EnhancedInstance target,
      Method method,
      Object[] arguments,
      Class<?>[] types,
      MethodInterceptResult result)
      throws Throwable {
    begin(target, arguments);
  }

  @Override
  public final Object afterMethod(
      EnhancedInstance target, Method method, Object[] arguments, Class<?>[] types, Object result)
      throws Throwable {
    end(arguments, result);
    ContextManager.stopSpan();
    return result;
  }

  @Override
  public final void handleMethodException(
      EnhancedInstance target,
      Method method,
      Object[] arguments,
      Class<?>[] types,
      Throwable failure) {
    ContextManager.activeSpan().log(failure);
  }

  /** Calls a public method of the application's, whose classes are not on this class path. */
  static Object call(Object target, String method, Object... arguments)
      throws ReflectiveOperationException {
    for (Method candidate : target.getClass().getMethods()) {
      if (candidate.getName().equals(method)
          && candidate.getParameterCount() == arguments.length
          && accepts(candidate.getParameterTypes(), arguments)) {
        candidate.setAccessible(true);
        return candidate.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(target.getClass().getName() + "." + method);
  }

  private static boolean accepts(Class<?>[] types, Object[] arguments) {
    for (int i = 0; i < types.length; i++) {
      if (!types[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }
}
