/** The HTTP server: Tomcat and Spring MVC around the API. */
@NullMarked
package dev.sluice.kubeapi.server;

import org.jspecify.annotations.NullMarked;
