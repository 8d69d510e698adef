/** Asynchronous deletion of objects, and expiry of events. */
@NullMarked
package dev.sluice.kubeapi.lifecycle;

import org.jspecify.annotations.NullMarked;
