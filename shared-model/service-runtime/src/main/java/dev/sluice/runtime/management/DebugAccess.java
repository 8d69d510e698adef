package dev.sluice.runtime.management;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Adds {@link DebugAccessValve} to the management port, unless {@code --debug-endpoints} is set. */
@ManagementContextConfiguration(proxyBeanMethods = false)
class DebugAccess {

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> debugFromLoopback(
            WebEndpointProperties endpoints, @Value("${sluice.debug-endpoints:false}") boolean fromAnywhere) {
        return factory -> {
            if (!fromAnywhere) {
                factory.addEngineValves(new DebugAccessValve(endpoints.getBasePath()));
            }
        };
    }
}
