package dev.sextant.alerting;

import dev.sextant.metrics.model.Labels;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Prometheus' template language that rules' annotations use: {@code {{ $labels.x }}},
 * {@code {{ $value }}}, {@code {{ .Labels.x }}}, {@code {{ .Value }}}, {@code {{ $externalLabels.x
 * }}}, {@code {{ $externalURL }}}, piped into {@code humanize}, {@code humanize1024}, {@code
 * humanizePercentage}, {@code humanizeDuration}, {@code printf "%.2f"}, {@code toUpper}, {@code
 * toLower} or {@code title}. Anything else in braces is left as an error text in its place, as
 * Prometheus does.
 */
public final class Template {
  private static final Pattern ACTION =
      Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?}}", Pattern.DOTALL);
  private static final Pattern LABEL =
      Pattern.compile("(?:\\$labels|\\.Labels|\\$\\.Labels)\\.(\\w+)");
  private static final Pattern EXTERNAL_LABEL =
      Pattern.compile("(?:\\$externalLabels|\\.ExternalLabels|\\$\\.ExternalLabels)\\.(\\w+)");
  private static final Set<String> EXTERNAL_URL =
      Set.of("$externalURL", ".ExternalURL", "$.ExternalURL", "externalURL");
  private static final Pattern PRINTF =
      Pattern.compile("printf\\s+\"%(\\.\\d+)?([fgesvq])([^\"]*)\"(?:\\s+(.*))?");

  private Template() {}

  /** What a template can name. */
  record Context(Labels labels, double value, TemplateData data) {
    Context(Labels labels, double value) {
      this(labels, value, TemplateData.NONE);
    }
  }

  static String expand(String template, Context context) {
    return replace(template, action -> evaluate(action, context));
  }

  /**
   * Replaces {@code {{ name }}} by values, escaped for a JSON string: the body of a webhook. Names
   * without a value become empty.
   */
  public static String json(String template, Map<String, String> values) {
    return replace(
        template, name -> escape(values.getOrDefault(name.replaceFirst("^\\.", ""), "")));
  }

  private static String replace(String template, UnaryOperator<String> action) {
    Matcher matcher = ACTION.matcher(template);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(out, Matcher.quoteReplacement(action.apply(matcher.group(1))));
    }
    return matcher.appendTail(out).toString();
  }

  private static String evaluate(String pipeline, Context context) {
    String[] stages = pipeline.split("\\|");
    String value = operand(stages[0].strip(), context);
    for (int i = 1; i < stages.length && value != null; i++) {
      value = apply(stages[i].strip(), value);
    }
    return value == null
        ? "<error expanding template: '" + pipeline + "' is not supported>"
        : value;
  }

  private static @org.jspecify.annotations.Nullable String operand(String text, Context context) {
    Matcher label = LABEL.matcher(text);
    if (label.matches()) {
      return context.labels.get(label.group(1));
    }
    Matcher external = EXTERNAL_LABEL.matcher(text);
    if (external.matches()) {
      return context.data.externalLabels().get(external.group(1));
    }
    if (EXTERNAL_URL.contains(text)) {
      return context.data.externalUrl();
    }
    if (text.equals("$value") || text.equals(".Value") || text.equals("$.Value")) {
      return number(context.value);
    }
    if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      return text.substring(1, text.length() - 1);
    }
    Matcher printf = PRINTF.matcher(text);
    if (printf.matches() && printf.group(4) != null) {
      String argument = operand(printf.group(4).strip(), context);
      return argument == null ? null : format(printf, argument);
    }
    String[] call = text.split("\\s+", 2);
    if (call.length == 2) {
      String argument = operand(call[1], context);
      return argument == null ? null : apply(call[0], argument);
    }
    return null;
  }

  private static @org.jspecify.annotations.Nullable String apply(String function, String value) {
    Matcher printf = PRINTF.matcher(function);
    if (printf.matches() && printf.group(4) == null) {
      return format(printf, value);
    }
    return switch (function) {
      case "toUpper" -> value.toUpperCase(Locale.ROOT);
      case "toLower" -> value.toLowerCase(Locale.ROOT);
      case "title" ->
          value.isEmpty()
              ? value
              : value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
      case "humanize" -> Humanize.decimal(parse(value));
      case "humanize1024" -> Humanize.binary(parse(value));
      case "humanizePercentage" -> Humanize.percentage(parse(value));
      case "humanizeDuration" -> Humanize.duration(parse(value));
      default -> null;
    };
  }

  private static String format(Matcher printf, String argument) {
    String precision = printf.group(1) == null ? "" : printf.group(1);
    String formatted =
        switch (printf.group(2)) {
          case "f", "e" ->
              String.format(Locale.ROOT, "%" + precision + printf.group(2), parse(argument));
          case "g" -> Humanize.shortest(parse(argument), precision);
          case "q" -> '"' + escape(argument) + '"';
          default -> argument;
        };
    return formatted + printf.group(3).replace("%%", "%");
  }

  private static double parse(String value) {
    try {
      return Double.parseDouble(value.replace("+Inf", "Infinity").replace("-Inf", "-Infinity"));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String number(double value) {
    return Humanize.shortest(value, "");
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c < 0x20 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return out.toString();
  }
}
