package dev.sextant.ui.i18n;

import com.vaadin.flow.i18n.I18NProvider;
import java.util.List;
import java.util.Locale;

/** Gives Flow the same texts that the client components have. */
public final class Translations implements I18NProvider {
  private static final long serialVersionUID = 1;

  @Override
  public List<Locale> getProvidedLocales() {
    return Texts.LOCALES;
  }

  @Override
  public String getTranslation(String key, Locale locale, Object... params) {
    String text = Texts.of(locale).get(key);
    if (text == null) {
      return "!" + key + "!";
    }
    for (int i = 0; i < params.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(params[i]));
    }
    return text;
  }
}
