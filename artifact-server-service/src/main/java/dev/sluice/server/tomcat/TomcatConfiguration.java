package dev.sluice.server.tomcat;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the connector of the artifacts; the management port keeps Tomcat's own. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> openFileConnector(OpenFileSender sender) {
        return factory -> {
            factory.setProtocol(OpenFileProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> customize(connector, sender));
        };
    }

    static void customize(Connector connector, OpenFileSender sender) {
        // channels come from createChannel alone
        connector.setProperty("socket.bufferPool", "0");
        // the handler refuses TRACE as it refuses every other method
        connector.setAllowTrace(true);
        sender.attach((OpenFileProtocol) connector.getProtocolHandler());
    }
}
