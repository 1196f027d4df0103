/** Services: their figures, instances and problems. */
@NullMarked
package dev.sextant.ui.services;

import org.jspecify.annotations.NullMarked;
