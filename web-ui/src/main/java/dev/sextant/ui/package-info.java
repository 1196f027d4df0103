/** The dashboard: Vaadin pages on embedded Jetty, and the APIs passed through beside them. */
@NullMarked
package dev.sextant.ui;

import org.jspecify.annotations.NullMarked;
