/** Rules, their state and what was sent. */
@NullMarked
package dev.sextant.ui.alerts;

import org.jspecify.annotations.NullMarked;
