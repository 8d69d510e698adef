/** Label and field selectors: parsing and matching. */
@NullMarked
package dev.sluice.kubeapi.selector;

import org.jspecify.annotations.NullMarked;
