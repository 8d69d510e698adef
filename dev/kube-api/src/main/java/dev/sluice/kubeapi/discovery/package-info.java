/** Discovery: what is served, told to clients. */
@NullMarked
package dev.sluice.kubeapi.discovery;

import org.jspecify.annotations.NullMarked;
