/** The HTTP server: Tomcat and Spring MVC. */
@NullMarked
package dev.sluice.kubeapi.server;

import org.jspecify.annotations.NullMarked;
