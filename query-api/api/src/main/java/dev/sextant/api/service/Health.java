package dev.sextant.api.service;

/** How a service or a node does. */
public enum Health {
  CRITICAL,
  WARNING,
  HEALTHY,
  NODATA
}
