package dev.sextant.promql.function;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Parts of the date of a number of seconds since the epoch, in UTC, by name. */
public final class DateFunctions {
  private static final Map<String, ToIntFunction<LocalDateTime>> ALL =
      Map.of(
          "minute", LocalDateTime::getMinute,
          "hour", LocalDateTime::getHour,
          "day_of_week", date -> date.getDayOfWeek().getValue() % 7,
          "day_of_month", LocalDateTime::getDayOfMonth,
          "day_of_year", LocalDateTime::getDayOfYear,
          "days_in_month", date -> date.toLocalDate().lengthOfMonth(),
          "month", LocalDateTime::getMonthValue,
          "year", LocalDateTime::getYear);

  private DateFunctions() {}

  /** The function of a name, null where there is none; NaN for what is no time. */
  public static @Nullable DoubleUnaryOperator find(String name) {
    ToIntFunction<LocalDateTime> part = ALL.get(name);
    return part == null ? null : seconds -> apply(part, seconds);
  }

  private static double apply(ToIntFunction<LocalDateTime> part, double seconds) {
    boolean isTime =
        seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond();
    if (!isTime) {
      return Double.NaN;
    }
    return part.applyAsInt(LocalDateTime.ofEpochSecond((long) seconds, 0, ZoneOffset.UTC));
  }
}
