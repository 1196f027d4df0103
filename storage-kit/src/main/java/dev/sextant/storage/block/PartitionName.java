package dev.sextant.storage.block;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A span of arrival: a UTC day as {@code YYYYMMDD}, or an hour of it as {@code YYYYMMDDHH}. Names
 * sort as their times.
 *
 * @param name the directory's name
 * @param endMillis the first millisecond after
 */
record PartitionName(String name, long endMillis) implements Comparable<PartitionName> {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuuMMddHH");

  /** The day that a stamp falls into. */
  static PartitionName ofDay(long stampMillis) {
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(stampMillis), ZoneOffset.UTC);
    return ofDay(day);
  }

  /** The hour that a stamp falls into. */
  static PartitionName ofHour(long stampMillis) {
    return ofHour(LocalDateTime.ofInstant(Instant.ofEpochMilli(stampMillis), ZoneOffset.UTC));
  }

  private static PartitionName ofHour(LocalDateTime time) {
    LocalDateTime hour = time.truncatedTo(ChronoUnit.HOURS);
    long end = hour.plusHours(1).toInstant(ZoneOffset.UTC).toEpochMilli();
    return new PartitionName(HOUR.format(hour), end);
  }

  private static PartitionName ofDay(LocalDate day) {
    long end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    return new PartitionName(DAY.format(day), end);
  }

  /** Reads a directory's name; empty where it is none of a partition. */
  static Optional<PartitionName> parse(Path directory) {
    String name = String.valueOf(directory.getFileName());
    try {
      return switch (name.length()) {
        case 8 -> Optional.of(ofDay(LocalDate.parse(name, DAY)));
        case 10 -> Optional.of(ofHour(LocalDateTime.parse(name, HOUR)));
        default -> Optional.empty();
      };
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(PartitionName other) {
    return name.compareTo(other.name);
  }
}
