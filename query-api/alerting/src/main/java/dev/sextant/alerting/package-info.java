/** Evaluates rules on schedule and keeps the state of their alerts. */
@NullMarked
package dev.sextant.alerting;

import org.jspecify.annotations.NullMarked;
