/** Delivers alerts to webhooks. */
@NullMarked
package dev.sextant.alerting.notify;

import org.jspecify.annotations.NullMarked;
