/** What every HTTP route of the query APIs shares: parameters, errors, JSON. */
@NullMarked
package dev.sextant.api.http;

import org.jspecify.annotations.NullMarked;
