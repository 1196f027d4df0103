package dev.sextant.testing.skywalking.plugin;

import org.apache.skywalking.apm.agent.core.plugin.interceptor.ConstructorInterceptPoint;
import org.apache.skywalking.apm.agent.core.plugin.interceptor.InstanceMethodsInterceptPoint;
import org.apache.skywalking.apm.agent.core.plugin.interceptor.enhance.ClassInstanceMethodsEnhancePluginDefine;
import org.apache.skywalking.apm.agent.core.plugin.match.ClassMatch;
import org.apache.skywalking.apm.agent.core.plugin.match.NameMatch;
import org.apache.skywalking.apm.dependencies.net.bytebuddy.description.method.MethodDescription;
import org.apache.skywalking.apm.dependencies.net.bytebuddy.matcher.ElementMatcher;
import org.apache.skywalking.apm.dependencies.net.bytebuddy.matcher.ElementMatchers;

/** One method of one class, and the interceptor around it. */
abstract class InstrumentedClass extends ClassInstanceMethodsEnhancePluginDefine {
  private final String className;
  private final String method;
  private final int arguments;
  private final Class<?> interceptor;

  InstrumentedClass(String className, String method, int arguments, Class<?> interceptor) {
    this.className = className;
    this.method = method;
    this.arguments = arguments;
    this.interceptor = interceptor;
  }

  @Override
  protected ClassMatch enhanceClass() {
    return NameMatch.byName(className);
  }

  @Override
  public ConstructorInterceptPoint[] getConstructorsInterceptPoints() {
    return new ConstructorInterceptPoint[0];
  }

  @Override
  public InstanceMethodsInterceptPoint[] getInstanceMethodsInterceptPoints() {
    return new InstanceMethodsInterceptPoint[] {
      new InstanceMethodsInterceptPoint() {
        @Override
        public ElementMatcher<MethodDescription> getMethodsMatcher() {
          return ElementMatchers.<MethodDescription>named(method)
              .and(ElementMatchers.takesArguments(arguments));
        }

        @Override
        public String getMethodsInterceptor() {
          return interceptor.getName();
        }

        @Override
        public boolean isOverrideArgs() {
          return false;
        }
      }
    };
  }
}
