/** Rules and their alerts. */
@NullMarked
package dev.sextant.api.alert;

import org.jspecify.annotations.NullMarked;
