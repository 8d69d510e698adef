/** What happens to objects over time: deletions that take a while, events that expire. */
@NullMarked
package dev.sluice.kubeapi.lifecycle;

import org.jspecify.annotations.NullMarked;
