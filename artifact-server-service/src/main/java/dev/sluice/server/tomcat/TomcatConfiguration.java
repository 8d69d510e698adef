package dev.sluice.server.tomcat;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the artifact port's connector; the management port keeps the default one. */
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
        // channels come only from createChannel
        connector.setProperty("socket.bufferPool", "0");
        // the handler rejects TRACE like other methods
        connector.setAllowTrace(true);
        sender.attach((OpenFileProtocol) connector.getProtocolHandler());
    }
}
