/** Rule files in Prometheus' format. */
@NullMarked
package dev.sextant.alerting.rule;

import org.jspecify.annotations.NullMarked;
