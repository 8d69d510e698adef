/** The served resources, their versions and the rules of their objects. */
@NullMarked
package dev.sluice.kubeapi.resource;

import org.jspecify.annotations.NullMarked;
