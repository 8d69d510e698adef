/** Access reviews: asks the API server whether a service account may do something. */
@NullMarked
package dev.sluice.controller.access;

import org.jspecify.annotations.NullMarked;
