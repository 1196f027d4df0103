package dev.sextant.ui.shell;

import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.server.VaadinService;
import java.lang.reflect.Constructor;

/**
 * Makes pages by their own constructors: Flow's default asks a service loader first, which refuses
 * classes that are not public.
 */
public final class PageInstantiator implements InstantiatorFactory {
  @Override
  public Instantiator createInstantitor(VaadinService service) {
    return new Pages(service);
  }

  private static final class Pages extends DefaultInstantiator {
    private static final long serialVersionUID = 1;

    Pages(VaadinService service) {
      super(service);
    }

    @Override
    public <T> T getOrCreate(Class<T> type) {
      return Page.class.isAssignableFrom(type) ? page(type) : super.getOrCreate(type);
    }

    private static <T> T page(Class<T> type) {
      try {
        Constructor<T> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            type.getName() + " has no constructor without arguments", e);
      }
    }
  }
}
