package dev.sextant.ui.settings;

import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import dev.sextant.ui.shell.Choices;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;
import java.util.List;
import java.util.function.UnaryOperator;

/** Language, colours, time zone, and the server's own state. */
@Tag("sx-settings")
@Route(value = "settings", layout = MainLayout.class)
class SettingsView extends Page implements HasComponents {
  private static final long serialVersionUID = 1;

  SettingsView() {
    super("nav.settings");
    Choices choices = Choices.of(VaadinRequest.getCurrent());
    Div title = new Div(new H1(getTranslation("settings.title")));
    title.addClassName("title");
    Div own = new Div(new H2(getTranslation("settings.you")));
    own.addClassNames("panel", "sd", "choices");
    own.add(
        select(
            "settings.language",
            List.of("en", "zh"),
            language -> language.equals("en") ? "English" : "简体中文",
            choices.locale().getLanguage(),
            "sx.setLanguage($0)"),
        select(
            "settings.theme",
            List.of("system", "light", "dark"),
            theme -> getTranslation("theme." + theme),
            choices.theme(),
            "sx.setTheme($0)"),
        select(
            "settings.zone",
            List.of("local", "utc"),
            zone -> getTranslation("settings.zone." + zone),
            choices.zone(),
            "sx.setZone($0)"));
    add(title, own);
    getElement().appendChild(new Element("sx-server-status"));
  }

  /** A choice that a function of the client components carries out. */
  private Select<String> select(
      String label, List<String> values, UnaryOperator<String> text, String chosen, String act) {
    Select<String> select = new Select<>();
    select.setLabel(getTranslation(label));
    select.setItems(values);
    select.setItemLabelGenerator(text::apply);
    select.setValue(chosen);
    select.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            getElement().executeJs(act, change.getValue());
          }
        });
    return select;
  }
}
